package io.freshet.harness;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for what only asking again and again can tell. */
public final class Wait {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Wait() {}

    public static void pause(Duration time) {
        try {
            boolean never = NEVER.await(time.toNanos(), TimeUnit.NANOSECONDS);
            assert !never;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @param what is waited for, as the failure says it */
    public static void until(String what, Duration limit, BooleanSupplier holds) {
        long end = System.nanoTime() + limit.toNanos();
        for (Duration poll = Duration.ofMillis(20); !holds.getAsBoolean(); poll = longer(poll)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("After " + limit.toSeconds() + " s it is still not so: " + what);
            }
            pause(poll);
        }
    }

    private static Duration longer(Duration poll) {
        Duration twice = poll.multipliedBy(2);
        return twice.compareTo(Duration.ofMillis(200)) > 0 ? Duration.ofMillis(200) : twice;
    }
}

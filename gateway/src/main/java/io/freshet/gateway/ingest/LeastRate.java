package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Ends an upload whose client sends too slowly, on average over a window at a time, from its first byte on: each upload
 * under way keeps memory and a connection from others. Only the time counts in which bytes are waited for. All calls are
 * made on the upload's context.
 */
final class LeastRate {
    static final int BYTES_PER_SECOND = 1 << 10;

    /** A window that is nearly over while nothing is read is not looked at all the time. */
    private static final int LOOKS_PER_WINDOW = 30;

    private final Duration window;
    private final Timers timers;
    private final Consumer<Permanent> tooSlow;
    private @Nullable Runnable timer;
    private long bytes;
    private long waitedNanos;
    private long waitingSince;
    private boolean waiting = true;

    /** Time, and what is to be done later. */
    interface Timers {
        long nanoTime();

        /** Gives what takes the task back. */
        Runnable after(Duration delay, Runnable task);
    }

    /** @param window how long a client is watched before it can be too slow */
    record Watch(Duration window, Timers timers) {}

    LeastRate(Duration window, Timers timers, Consumer<Permanent> tooSlow) {
        this.window = window;
        this.timers = timers;
        this.tooSlow = tooSlow;
    }

    void received(int length) {
        bytes += length;
        if (timer == null) {
            begin();
        }
    }

    /** The client is not read from now on. */
    void pause() {
        if (waiting) {
            waitedNanos += timers.nanoTime() - waitingSince;
            waiting = false;
        }
    }

    void resume() {
        if (!waiting) {
            waitingSince = timers.nanoTime();
            waiting = true;
        }
    }

    /** The client has sent everything, or is gone. */
    void stop() {
        if (timer != null) {
            timer.run();
        }
    }

    private void begin() {
        waitedNanos = 0;
        waitingSince = timers.nanoTime();
        timer = timers.after(window, this::look);
    }

    private void look() {
        long waited = waitedNanos + (waiting ? timers.nanoTime() - waitingSince : 0);
        Duration left = window.minusNanos(waited);
        if (left.isPositive()) {
            Duration pause = window.dividedBy(LOOKS_PER_WINDOW);
            timer = timers.after(left.compareTo(pause) > 0 ? left : pause, this::look);
        } else if (bytes < BYTES_PER_SECOND * window.toMillis() / 1_000) {
            tooSlow.accept(new Permanent(
                    FailureCode.TOO_SLOW,
                    "The upload was slower than " + BYTES_PER_SECOND + " bytes a second for " + window.toSeconds()
                            + " seconds: send it faster, or put it into a blob and send its inputUrl"));
        } else {
            bytes = 0;
            begin();
        }
    }
}

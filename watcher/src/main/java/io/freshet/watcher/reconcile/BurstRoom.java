package io.freshet.watcher.reconcile;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Remembers for some minutes how many pods virtual nodes accepted when they last refused one, so that other runs need
 * not find out again.
 */
@Singleton
final class BurstRoom {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final LongSupplier nanos;
    private int pods = Integer.MAX_VALUE;
    private long since;

    @Inject
    BurstRoom() {
        this(System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    BurstRoom(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Virtual nodes accepted this many of a run's pods, and no more. */
    synchronized void accepted(int accepted) {
        pods = accepted;
        since = nanos.getAsLong();
    }

    /** Number of pods to try; {@link Integer#MAX_VALUE} if nothing is known. */
    synchronized int pods() {
        if (nanos.getAsLong() - since >= REMEMBERED.toNanos()) {
            pods = Integer.MAX_VALUE;
        }
        return pods;
    }
}

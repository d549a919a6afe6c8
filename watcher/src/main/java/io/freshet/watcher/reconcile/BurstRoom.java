package io.freshet.watcher.reconcile;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What virtual nodes accepted when they last refused a pod, for some minutes: runs that begin meanwhile do not each
 * have to find out.
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

    /** Virtual nodes took so many of a run's pods, and no more. */
    synchronized void accepted(int accepted) {
        pods = accepted;
        since = nanos.getAsLong();
    }

    /** Pods that may be tried; {@link Integer#MAX_VALUE} if nothing is known. */
    synchronized int pods() {
        if (nanos.getAsLong() - since >= REMEMBERED.toNanos()) {
            pods = Integer.MAX_VALUE;
        }
        return pods;
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.run.RunId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long a run has looked the same to this watcher. Times that others wrote say little of that: clocks of machines
 * differ, and a message that should be sent again would wait for as long as they do.
 */
@Singleton
final class Stillness {
    private final Duration interval;
    private final LongSupplier nanos;
    private final Map<RunId, Look> looks = new ConcurrentHashMap<>();

    private record Look(Object what, long since) {}

    @Inject
    Stillness(WatcherConfig config) {
        this(config.reconcileInterval(), System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    Stillness(Duration interval, LongSupplier nanos) {
        this.interval = interval;
        this.nanos = nanos;
    }

    /** For how many whole reconcile intervals the run has looked like this; 0 if it did not a moment ago. */
    long intervals(RunId run, Object look) {
        long now = nanos.getAsLong();
        Look last = looks.compute(
                run, (id, before) -> before != null && before.what().equals(look) ? before : new Look(look, now));
        return Duration.ofNanos(now - last.since()).dividedBy(interval);
    }

    /** The run has ended, or is gone. */
    void forget(RunId run) {
        looks.remove(run);
    }
}

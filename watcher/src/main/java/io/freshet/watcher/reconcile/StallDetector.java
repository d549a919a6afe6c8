package io.freshet.watcher.reconcile;

import io.freshet.run.Dispatch;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long this watcher has seen a run unchanged. Times written by others are not used, because clocks differ between
 * machines, which would delay resending messages.
 */
@Singleton
final class StallDetector {
    private static final int MAX_DOUBLINGS = 6;
    private static final Duration BETWEEN_DOUBTS = Duration.ofSeconds(1);

    private final Duration interval;
    private final LongSupplier nanos;
    private final Map<RunId, Look> looks = new ConcurrentHashMap<>();
    private final Set<RunId> doubted = ConcurrentHashMap.newKeySet();
    /** When storage was last checked because of a doubt, by the monotonic clock. */
    private final Map<RunId, Long> asked = new ConcurrentHashMap<>();

    /** @param checks number of checks since the last change */
    private record Look(Object what, long since, int checks) {
        Look checked() {
            return new Look(what, since, checks + 1);
        }
    }

    @Inject
    StallDetector(WatcherConfig config) {
        this(config.reconcileInterval(), System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    StallDetector(Duration interval, LongSupplier nanos) {
        this.interval = interval;
        this.nanos = nanos;
    }

    /** For how many whole reconcile intervals the run has been unchanged; 0 if it has just changed. */
    long intervals(RunId run, Object look) {
        return intervals(look(run, look));
    }

    /**
     * Storage may know more about the run: the next check suspects it, at most once a second.
     *
     * @return how long that check has to wait
     */
    Duration doubt(RunId run) {
        doubted.add(run);
        return untilBelieved(run);
    }

    private Duration untilBelieved(RunId run) {
        Long last = asked.get(run);
        Duration since = last == null ? BETWEEN_DOUBTS : Duration.ofNanos(nanos.getAsLong() - last);
        return since.compareTo(BETWEEN_DOUBTS) < 0 ? BETWEEN_DOUBTS.minus(since).plusMillis(1) : Duration.ZERO;
    }

    private boolean takeDoubt(RunId run) {
        boolean taken = doubted.contains(run) && untilBelieved(run).isZero();
        if (taken) {
            doubted.remove(run);
            asked.put(run, nanos.getAsLong());
        }
        return taken;
    }

    /**
     * Whether the run has been unchanged for so long that storage should be checked, at growing intervals, or there is
     * a doubt.
     */
    boolean suspects(RunId run, Object look) {
        Look now = look(run, look);
        boolean suspicious = intervals(now) >= 1L << Math.min(now.checks(), MAX_DOUBLINGS);
        if (suspicious) {
            looks.replace(run, now, now.checked());
        }
        return takeDoubt(run) || suspicious;
    }

    /** Forgets a run that has ended or is gone. */
    void forget(RunId run) {
        looks.remove(run);
        doubted.remove(run);
        asked.remove(run);
    }

    void forgetAllBut(Set<RunId> runs) {
        looks.keySet().retainAll(runs);
        doubted.retainAll(runs);
        asked.keySet().retainAll(runs);
    }

    private Look look(RunId run, Object what) {
        long now = nanos.getAsLong();
        return looks.compute(
                run, (id, before) -> before != null && before.what().equals(what) ? before : new Look(what, now, 0));
    }

    private long intervals(Look look) {
        return Duration.ofNanos(nanos.getAsLong() - look.since()).dividedBy(interval);
    }

    /** What changes while a run makes progress. */
    record Movement(int done, int failed, Dispatch dispatch) {
        static Movement of(Run run) {
            return new Movement(
                    run.progress().done().size(), run.progress().failed().size(), run.dispatch());
        }
    }
}

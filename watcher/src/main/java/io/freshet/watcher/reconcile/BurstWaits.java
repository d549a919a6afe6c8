package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.watcher.reconcile.BurstObservation.Active;
import io.freshet.watcher.reconcile.BurstObservation.Stage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/** How long the Job of a run has looked the same to this watcher. */
@Singleton
final class BurstWaits {
    private static final int LOOKS = 4;
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final StallDetector looks;
    private final Duration timeout;

    @Inject
    BurstWaits(BurstsConfig config) {
        this(config.startTimeout(), System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    BurstWaits(Duration timeout, LongSupplier nanos) {
        this.timeout = timeout;
        this.looks = new StallDetector(timeout, nanos);
    }

    /** Whether it has looked like this for longer than a pod may take to start. */
    boolean isOver(RunId run, Object look) {
        return looks.intervals(run, look) > 0;
    }

    /** When to look again, so that a wait does not last much longer than it should. */
    Duration lookAgain() {
        return part(timeout);
    }

    static Duration part(Duration timeout) {
        Duration part = timeout.dividedBy(LOOKS);
        return part.compareTo(SHORTEST) < 0 ? SHORTEST : part;
    }

    void forget(RunId run) {
        looks.forget(run);
    }

    void forgetAllBut(Set<RunId> runs) {
        looks.forgetAllBut(runs);
    }

    /**
     * What has to change for a burst to be on its way: pods that run, or, as long as nothing is known of them, items that
     * are settled.
     */
    record Look(String seen, int wanted, int moved) {

        static Look of(Run run, BurstObservation seen) {
            String kind = seen.getClass().getSimpleName();
            return seen instanceof Active job
                    ? new Look(kind, job.wanted(), job.count(Stage.RUNNING))
                    : new Look(kind, 0, run.progress().settled());
        }
    }
}

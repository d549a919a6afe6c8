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

/** How long this watcher has seen the Job of a run unchanged. */
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

    /** Whether it has been unchanged for longer than a pod may take to start. */
    boolean isOver(RunId run, Object look) {
        return looks.intervals(run, look) > 0;
    }

    /** When to check again, so that a wait does not last much longer than it should. */
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

    /** What changes while a burst makes progress: running pods or, while nothing is known of them, settled items. */
    record Look(String seen, int wanted, int moved) {

        static Look of(Run run, BurstObservation seen) {
            String kind = seen.getClass().getSimpleName();
            return seen instanceof Active job
                    ? new Look(kind, job.wanted(), job.count(Stage.RUNNING))
                    : new Look(kind, 0, run.progress().settled());
        }
    }
}

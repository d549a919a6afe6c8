package io.freshet.watcher.reconcile;

import io.freshet.watcher.reconcile.BurstObservation.Active;
import io.freshet.watcher.reconcile.BurstObservation.Ended;
import io.freshet.watcher.reconcile.BurstObservation.Stage;
import org.jspecify.annotations.Nullable;

/** What to do about the Job of a run that is being computed. */
sealed interface BurstDecision {
    BurstDecision CREATE = new Create();
    BurstDecision RESUME = new Resume();
    BurstDecision KEEP = new Keep();
    BurstDecision WAIT = new Wait();

    /** Number of crashes after which the program is considered broken. */
    int CRASHES = 3;

    record Create() implements BurstDecision {}

    record Resume() implements BurstDecision {}

    /** All is well; changes will be reported. */
    record Keep() implements BurstDecision {}

    /** Something is expected to happen by itself, within a time limit. */
    record Wait() implements BurstDecision {}

    /**
     * Continue with the pods that started.
     *
     * @param refused whether the provider refused more
     */
    record Lower(int pods, String reason, boolean refused) implements BurstDecision {}

    /**
     * The cluster's workers take over.
     *
     * @param reason null: taken from the Job's own warnings
     * @param refused whether the provider refused all pods
     */
    record FallBack(@Nullable String reason, boolean refused) implements BurstDecision {}

    /** Nothing is running any more; what comes next depends on what is open. */
    record Judge(boolean worked, @Nullable String reason) implements BurstDecision {}

    /** @param overdue whether the observation has not changed for longer than pods may take to start */
    static BurstDecision of(BurstObservation seen, boolean overdue) {
        return switch (seen) {
            case BurstObservation.Unknown s -> overdue ? new FallBack("Kubernetes does not respond", false) : WAIT;
            case BurstObservation.Absent s -> CREATE;
            case BurstObservation.Leaving s -> WAIT;
            case BurstObservation.Suspended s -> RESUME;
            case Ended s -> new Judge(s.worked(), s.reason());
            case Active s -> of(s, overdue);
        };
    }

    private static BurstDecision of(Active job, boolean overdue) {
        int running = job.count(Stage.RUNNING);
        int coming = job.count(Stage.COMING);
        if (running >= job.wanted()) {
            return KEEP;
        }
        if (job.count(Stage.SUCCEEDED) > 0) {
            return ending(running, coming, overdue);
        }
        if (running + coming == 0 && job.count(Stage.LOST) > 0) {
            return new Judge(true, "NodeLost");
        }
        if (job.count(Stage.REFUSED) > 0 && running + coming < job.wanted()) {
            return fewer(job, running + coming, Stage.REFUSED);
        }
        if (running == 0 && job.count(Stage.CRASHED) >= Math.max(CRASHES, job.wanted())) {
            return fewer(job, 0, Stage.CRASHED);
        }
        return overdue ? fewer(job, running, Stage.COMING) : WAIT;
    }

    /** A pod has found nothing left to claim: no other pod is needed, but the Job waits for the ones it has. */
    private static BurstDecision ending(int running, int coming, boolean overdue) {
        if (running > 0) {
            return KEEP;
        }
        return coming == 0 || overdue ? new Judge(true, null) : WAIT;
    }

    private static BurstDecision fewer(Active job, int pods, Stage because) {
        String reason = job.reason(because);
        boolean refused = because == Stage.REFUSED;
        if (pods == 0) {
            return new FallBack(reason, refused);
        }
        return new Lower(pods, reason == null ? "no pod" : reason, refused);
    }
}

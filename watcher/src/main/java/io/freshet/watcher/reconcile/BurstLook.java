package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.watcher.reconcile.BurstObservation.Active;
import io.freshet.watcher.reconcile.BurstObservation.Stage;

/**
 * What has to change for a burst to be on its way: pods that run, or, as long as nothing is known of them, items that
 * are settled.
 */
record BurstLook(String seen, int wanted, int moved) {

    static BurstLook of(Run run, BurstObservation seen) {
        String kind = seen.getClass().getSimpleName();
        return seen instanceof Active job
                ? new BurstLook(kind, job.wanted(), job.count(Stage.RUNNING))
                : new BurstLook(kind, 0, run.progress().settled());
    }
}

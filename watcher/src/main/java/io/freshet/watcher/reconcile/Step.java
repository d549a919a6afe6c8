package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.smallrye.mutiny.Uni;

/**
 * One thing that is done for a run in some state. What is to be done follows from storage alone, so that a step may be
 * repeated, by this watcher or another, and may be the last of this process.
 */
interface Step {
    Uni<Next> take(Run run);
}

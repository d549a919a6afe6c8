package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.smallrye.mutiny.Uni;

/** Tells the world that a run has ended. */
public interface EndReport {
    /** At least once; fails if nobody took it, and is then tried again. */
    Uni<Void> publish(Run run);
}

package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.smallrye.mutiny.Uni;

/** Announces that a run has ended. */
public interface EndReport {
    /** Publishes at least once. Fails if it was not accepted, and is then retried. */
    Uni<Void> publish(Run run);
}

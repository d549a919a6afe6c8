package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes a run that a user deleted. */
@Singleton
final class DeleteStep implements Step {
    private final Removal removal;
    private final WatcherConfig config;

    DeleteStep(Removal removal, WatcherConfig config) {
        this.removal = removal;
        this.config = config;
    }

    @Override
    public Uni<Next> take(Run run) {
        return removal.of(run).map(gone -> gone ? Next.done() : Next.lookAgain(config.reconcileInterval()));
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes the Jobs of a run that has ended. If the cluster does not respond, {@link BurstSweep} does it later. */
@Singleton
final class EndBurstStep implements Step {
    private final BurstJobs jobs;
    private final BurstMoves moves;
    private final BurstWaits waits;

    EndBurstStep(BurstJobs jobs, BurstMoves moves, BurstWaits waits) {
        this.jobs = jobs;
        this.moves = moves;
        this.waits = waits;
    }

    @Override
    public Uni<Next> take(Run run) {
        waits.forget(run.id());
        return (jobs.runs().contains(run.id())
                        ? moves.tried(run.id(), jobs.removeAll(run.id())).replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .replaceWith(() -> Next.go(run));
    }
}

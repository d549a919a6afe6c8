package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.storage.RunStore;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;

/** Moves a run on to its results when all items are done or failed. */
@Singleton
final class SettleStep implements Step {
    private final RunStore store;
    private final Clock clock;

    SettleStep(RunStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Uni<Next> take(Run run) {
        return run.acceptsWork() && run.isSettled()
                ? store.update(run.id(), r -> r.acceptsWork() && r.isSettled() ? r.settle(clock) : r)
                        .map(Next::go)
                : Uni.createFrom().item(Next.go(run));
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.RunStore;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;

/** Lets workers claim a run's items. */
@Singleton
final class StartStep implements Step {
    private final RunStore store;
    private final Clock clock;

    StartStep(RunStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Uni<Next> take(Run run) {
        return store.update(run.id(), r -> r.state() instanceof RunState.Pending ? r.start(clock) : r)
                .map(Next::go);
    }
}

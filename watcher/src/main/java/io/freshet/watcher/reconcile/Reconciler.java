package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.util.Optional;

/**
 * Brings a run from what it is to what comes next. What is to be done follows from storage alone, so that it does not
 * matter who asks, how often, or what was lost; one run is looked at by one caller at a time, and by two watchers
 * without harm.
 */
@Singleton
public final class Reconciler {
    private final RunStore store;
    private final Steps steps;
    private final OneAtATime<RunId> turns = new OneAtATime<>();

    /** What can be done for a run, by its state. */
    @Singleton
    record Steps(
            Dispatching dispatching,
            Survey survey,
            Merging merging,
            Ending ending,
            Removal removal,
            RunGauges gauges) {}

    Reconciler(RunStore store, Steps steps) {
        this.store = store;
        this.steps = steps;
    }

    /** Looks at the run now, or right after whoever is looking at it. */
    public Uni<Void> reconcile(RunId id) {
        return turns.run(id, () -> store.find(id).flatMap(run -> step(id, run)));
    }

    private Uni<Void> step(RunId id, Optional<Run> found) {
        if (found.isEmpty()) {
            return steps.removal().ofAbandoned(id);
        }
        Run run = found.get();
        return run.isDeleted() ? steps.removal().of(run) : step(run);
    }

    private Uni<Void> step(Run run) {
        steps.gauges().saw(run);
        return switch (run.state()) {
            case RunState.Pending s -> steps.dispatching().start(run).flatMap(this::step);
            case RunState.Running s
            when run.needsDispatch() -> steps.dispatching().dispatch(run).flatMap(this::step);
            case RunState.Running s -> steps.survey().of(run).flatMap(this::goOn);
            case RunState.Suspended s -> steps.survey().of(run).replaceWithVoid();
            case RunState.Finalizing s -> steps.merging().of(run).flatMap(this::afterMerge);
            case RunState.Finished s -> steps.ending().of(run);
        };
    }

    private Uni<Void> goOn(Run run) {
        return run.acceptsWork() && run.isSettled()
                ? steps.merging().settle(run).flatMap(this::step)
                : steps.dispatching().repeatIfStalled(run);
    }

    private Uni<Void> afterMerge(Run run) {
        return run.state() instanceof RunState.Finished
                ? step(run)
                : Uni.createFrom().voidItem();
    }
}

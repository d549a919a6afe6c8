package io.freshet.coordination;

import io.freshet.coordination.StepRuns.StepState;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.Position;
import io.freshet.instance.RuntimeStatus;
import io.freshet.orchestration.Orchestration;
import io.freshet.orchestration.Orchestrations;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RaisedEvents;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Examines an instance and does what comes next, until nothing is left to do for now. It may run twice, and
 * concurrently in several services: compare-and-set on the document decides who wins.
 */
public final class InstanceReconciler {
    private final InstanceStore store;
    private final RaisedEvents events;
    private final Orchestrations orchestrations;
    private final Progression progression;
    private final StepRuns runs;
    private final Clock clock;

    public InstanceReconciler(
            InstanceStore store,
            RaisedEvents events,
            Orchestrations orchestrations,
            Progression progression,
            StepRuns runs,
            Clock clock) {
        this.store = store;
        this.events = events;
        this.orchestrations = orchestrations;
        this.progression = progression;
        this.runs = runs;
        this.clock = clock;
    }

    /** Does nothing if there is no such instance. */
    public Uni<Void> reconcile(InstanceId id) {
        return store.find(id)
                .flatMap(found -> found.isEmpty() ? Uni.createFrom().voidItem() : look(found.get()));
    }

    private Uni<Void> look(Instance instance) {
        return switch (instance.position()) {
            case Position.Ended p -> events.removeAll(instance);
            case Position p when instance.status().isFinished() -> ended(instance);
            case Position p when instance.status() == RuntimeStatus.SUSPENDED -> suspended(instance);
            case Position.NotBegun p -> change(instance, i -> i);
            case Position.Undecided p -> change(instance, i -> i);
            case Position.InStep p -> step(instance, p);
            case Position.Waiting p -> awaitEvent(instance, p);
        };
    }

    /** A failed instance keeps its position for a rewind; a terminated one cannot continue. */
    private Uni<Void> ended(Instance instance) {
        if (instance.status() == RuntimeStatus.FAILED) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> canceled = instance.position() instanceof Position.InStep step
                ? runs.cancel(step.run())
                : Uni.createFrom().voidItem();
        return canceled.chain(() -> update(instance, Instance::released)).chain(this::look);
    }

    private Uni<Void> suspended(Instance instance) {
        return instance.position() instanceof Position.InStep step
                ? runs.suspend(step.run())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> step(Instance instance, Position.InStep step) {
        return runs.advance(instance, step).flatMap(state -> switch (state) {
            case StepState.Computing s ->
                update(instance, i -> shown(i, s.progress())).replaceWithVoid();
            case StepState.Computed s -> computed(instance, s);
            case StepState.Broken s ->
                update(instance, i -> shown(i, s.progress()).stepFailed(s.failure(), clock.instant()))
                        .replaceWithVoid();
        });
    }

    private Instance shown(Instance instance, StepRuns.@Nullable Progress progress) {
        return progress == null ? instance : instance.progressed(Progression.json(progress), clock.instant());
    }

    private Uni<Void> computed(Instance instance, StepState.Computed state) {
        Optional<Orchestration> orchestration =
                orchestrations.find(instance.request().name());
        return update(
                        instance,
                        i -> orchestration.isEmpty()
                                ? progression.unknown(i)
                                : progression.computed(
                                        shown(i, state.progress()), orchestration.get(), state.summary()))
                .chain(after -> goOn(instance, after));
    }

    private Uni<Void> awaitEvent(Instance instance, Position.Waiting wait) {
        return events.first(instance, wait.event()).flatMap(found -> {
            if (found.isPresent()) {
                return change(instance, i -> i.received(found.get(), clock.instant()))
                        .call(() -> events.consume(found.get()));
            }
            Instant due = wait.due();
            if (due == null) {
                return Uni.createFrom().voidItem();
            }
            return due.isAfter(clock.instant())
                    ? store.markWaiting(instance.id(), due)
                    : change(instance, i -> i.timedOut(clock.instant()));
        });
    }

    /** Writes what happened together with the resulting decision; a failed decision is written as well. */
    private Uni<Void> change(Instance instance, UnaryOperator<Instance> happened) {
        Optional<Orchestration> orchestration =
                orchestrations.find(instance.request().name());
        return update(
                        instance,
                        i -> orchestration.isEmpty()
                                ? progression.unknown(i)
                                : progression.decide(happened.apply(i), orchestration.get()))
                .chain(after -> goOn(instance, after));
    }

    private Uni<Void> goOn(Instance before, Instance after) {
        return after.equals(before) ? Uni.createFrom().voidItem() : look(after);
    }

    /** Changes only the state that was examined: whoever changed it meanwhile examines it again. */
    private Uni<Instance> update(Instance seen, UnaryOperator<Instance> change) {
        return store.update(seen.id(), now -> now.equals(seen) ? change.apply(now) : now);
    }
}

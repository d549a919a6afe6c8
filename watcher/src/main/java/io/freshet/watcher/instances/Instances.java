package io.freshet.watcher.instances;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.coordination.InstanceReconciler;
import io.freshet.coordination.Progression;
import io.freshet.coordination.StepRuns;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.Position.InStep;
import io.freshet.orchestration.Orchestrations;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunIds;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RaisedEvents;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Decides when to reconcile which instance: after a message, when it is due, and when the run of its step has made
 * progress.
 */
@Singleton
public final class Instances {
    private static final Duration SHOWN_EVERY = Duration.ofSeconds(1);
    private static final Duration CHANGE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int KEPT = 1_000;
    private static final int AT_ONCE = 8;

    private final InstanceStore store;
    private final InstanceReconciler reconciler;
    private final StepRuns runs;
    private final Clock clock;
    private volatile boolean isTouched;
    /** Runs whose progress was shown a moment ago. */
    private final Cache<RunId, Boolean> shown;

    @Inject
    Instances(InstanceStore store, RaisedEvents events, Orchestrations orchestrations, StepRuns runs, Clock clock) {
        this(
                store,
                new InstanceReconciler(
                        store, events, orchestrations, new Progression(clock, steps(clock)), runs, clock),
                runs,
                clock);
    }

    Instances(InstanceStore store, InstanceReconciler reconciler, StepRuns runs, Clock clock) {
        this.store = store;
        this.reconciler = reconciler;
        this.runs = runs;
        this.clock = clock;
        this.shown = Caffeine.newBuilder()
                .expireAfterWrite(SHOWN_EVERY)
                .maximumSize(KEPT)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    private static Supplier<RunId> steps(Clock clock) {
        return new RunIds(clock, bound -> ThreadLocalRandom.current().nextInt(bound))::nextStep;
    }

    /** Reconciles an instance after a change by a client. */
    public Uni<Void> reconcile(InstanceId id) {
        return look(id);
    }

    /** The run that currently computes a step of the instance, if any. */
    public Uni<Optional<RunId>> stepOf(InstanceId id) {
        return store.find(id)
                .map(found -> found.filter(Instance::isActive)
                        .map(Instance::position)
                        .flatMap(p -> p instanceof InStep step ? Optional.of(step.run()) : Optional.empty()));
    }

    /** Whether an instance was reconciled since the last sweep and may be due soon. */
    public boolean isBusy() {
        return isTouched;
    }

    private Uni<Void> look(InstanceId id) {
        isTouched = true;
        return reconciler.reconcile(id).eventually(() -> isTouched = true);
    }

    /**
     * Reconciles all instances that are due, and returns whether more may be due soon. A marker is written before the
     * change it belongs to, so it is left alone for a moment.
     */
    public Uni<Boolean> sweep() {
        isTouched = false;
        Instant now = clock.instant();
        Instant due = now.minus(CHANGE);
        AtomicBoolean anySoon = new AtomicBoolean();
        return store.due(now.plus(SOON))
                .invoke(mark -> anySoon.set(true))
                .select()
                .first(mark -> mark.isDue(due))
                .onItem()
                .transformToUni(mark -> look(mark.id())
                        .chain(() -> store.unmark(mark))
                        .onFailure()
                        .recoverWithNull())
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWith(anySoon::get);
    }

    /** Shows the progress of a step's run in its instance, unless some was shown a moment ago. */
    public Uni<Void> progressed(Run run) {
        return run.isUnfinished() && run.spec().items() instanceof Items.Blobs && isDue(run.id())
                ? moved(run)
                : Uni.createFrom().voidItem();
    }

    private boolean isDue(RunId run) {
        return shown.asMap().putIfAbsent(run, true) == null;
    }

    /**
     * The run of a step has made progress or ended. A run that its instance no longer needs is canceled; one whose
     * instance was purged or replaced is removed.
     */
    public Uni<Void> moved(Run run) {
        if (!(run.spec().items() instanceof Items.Blobs blobs)) {
            return Uni.createFrom().voidItem();
        }
        InstanceId id = new InstanceId(blobs.owner().instance());
        return store.find(id)
                .flatMap(found -> found.filter(i -> i.runs().contains(run.id())).isEmpty()
                        ? runs.remove(run.id())
                        : owned(found.get(), run.id()));
    }

    private Uni<Void> owned(Instance instance, RunId run) {
        return instance.isComputedBy(run) ? look(instance.id()) : runs.cancel(run);
    }
}

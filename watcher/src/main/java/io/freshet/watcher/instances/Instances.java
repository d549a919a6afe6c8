package io.freshet.watcher.instances;

import io.freshet.coordination.InstanceReconciler;
import io.freshet.coordination.Progression;
import io.freshet.coordination.StepRuns;
import io.freshet.instance.InstanceId;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** When to look at which instance: after a message, when it is due, and when the run of its step has moved. */
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
    private final Map<RunId, Instant> shown = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Instant> eldest) {
            return size() > KEPT;
        }
    };

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
    }

    private static Supplier<RunId> steps(Clock clock) {
        return new RunIds(clock, bound -> ThreadLocalRandom.current().nextInt(bound))::nextStep;
    }

    /** A client has changed it. */
    public Uni<Void> reconcile(InstanceId id) {
        return look(id);
    }

    /** Whether one was looked at since the last sweep, and may be waiting for a time that is near. */
    public boolean isBusy() {
        return isTouched;
    }

    private Uni<Void> look(InstanceId id) {
        isTouched = true;
        return reconciler.reconcile(id).eventually(() -> isTouched = true);
    }

    /**
     * Looks at all that are due, and says whether more may be soon. A mark is made before the change that it is for: there
     * it has to stay a moment.
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

    /** A run has made progress: its instance shows it, if it is a step's and nothing was shown a moment ago. */
    public Uni<Void> progressed(Run run) {
        return run.isUnfinished() && run.spec().items() instanceof Items.Blobs && isDue(run.id())
                ? moved(run)
                : Uni.createFrom().voidItem();
    }

    private synchronized boolean isDue(RunId run) {
        Instant now = clock.instant();
        Instant last = shown.get(run);
        boolean due = last == null || !now.isBefore(last.plus(SHOWN_EVERY));
        if (due) {
            shown.put(run, now);
        }
        return due;
    }

    /** The run of a step has moved or ended. One that no instance has any more is canceled. */
    public Uni<Void> moved(Run run) {
        if (!(run.spec().items() instanceof Items.Blobs blobs)) {
            return Uni.createFrom().voidItem();
        }
        InstanceId id = new InstanceId(blobs.owner().instance());
        return store.find(id)
                .flatMap(found ->
                        found.filter(i -> i.isComputedBy(run.id())).isPresent() ? look(id) : runs.cancel(run.id()));
    }
}

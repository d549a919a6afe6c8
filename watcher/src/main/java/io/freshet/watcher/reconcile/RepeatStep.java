package io.freshet.watcher.reconcile;

import io.freshet.items.ItemIndex;
import io.freshet.items.Layouts;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.reconcile.StallDetector.Movement;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.stream.Collectors;

/** Resends messages that were lost, which is rare: if there is no progress and the queue holds too few of them. */
@Singleton
final class RepeatStep implements Step {
    private static final RunLog LOG = RunLog.of(RepeatStep.class);
    private static final int AT_ONCE = 32;

    private final Layouts layouts;
    private final RunStore store;
    private final WorkQueue queue;
    private final Clock clock;
    private final StallDetector stalls;

    RepeatStep(Layouts layouts, RunStore store, WorkQueue queue, Clock clock, StallDetector stalls) {
        this.layouts = layouts;
        this.store = store;
        this.queue = queue;
        this.clock = clock;
        this.stalls = stalls;
    }

    @Override
    public Uni<Next> take(Run run) {
        long still = stalls.intervals(run.id(), Movement.of(run));
        return StallDecision.mayHaveLost(run, still)
                ? queue.depth(run).flatMap(depth -> StallDecision.haveLost(run, depth) ? repeat(run) : nothing())
                : nothing();
    }

    private static Uni<Next> nothing() {
        return Uni.createFrom().item(Next.done());
    }

    private Uni<Next> repeat(Run run) {
        return outstanding(run)
                .onItem()
                .transformToUni(index -> send(run, index).replaceWith(index))
                .merge(AT_ONCE)
                .collect()
                .with(Collectors.counting())
                .invoke(sent -> LOG.info(run.id(), "Run %s makes no progress: resent %d messages", run.id(), sent))
                .chain(() -> store.update(run.id(), r -> r.acceptsWork() ? r.repeated(clock) : r))
                .replaceWith(Next.done());
    }

    /** Items whose messages were sent and that nobody is working on. The listing begins with them. */
    private Multi<ItemIndex> outstanding(Run run) {
        ItemSet sent = run.sent();
        return layouts.of(run)
                .claimable(run)
                .select()
                .first(index -> sent.contains(index.item().item()));
    }

    private Uni<Void> send(Run run, ItemIndex index) {
        return layouts.of(run)
                .prepare(run, index)
                .flatMap(ready -> queue.send(layouts.of(run).message(run, ready)));
    }
}

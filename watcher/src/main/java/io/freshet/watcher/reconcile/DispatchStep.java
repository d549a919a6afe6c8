package io.freshet.watcher.reconcile;

import io.freshet.message.WorkMessage;
import io.freshet.run.Dispatch;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.PartIndex;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.reconcile.UnsentParts.Batch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Keeps a window of a run's messages out. The first of a run are sent before the cursor moves: whoever dies in between
 * has sent them for nothing. Later ones are sent after it has moved: two watchers see the same outcomes, and only the
 * one that moved the cursor sends; if it dies before it has, the messages count as lost ({@link RepeatStep}).
 */
@Singleton
final class DispatchStep implements Step {
    private static final RunLog LOG = RunLog.of(DispatchStep.class);
    private static final int AT_ONCE = 32;

    private final BlobStore blobs;
    private final RunStore store;
    private final WorkQueue queue;
    private final UnsentParts unsent;
    private final Clock clock;
    private final WatcherConfig config;

    DispatchStep(
            BlobStore blobs, RunStore store, WorkQueue queue, UnsentParts unsent, Clock clock, WatcherConfig config) {
        this.blobs = blobs;
        this.store = store;
        this.queue = queue;
        this.unsent = unsent;
        this.clock = clock;
        this.config = config;
    }

    @Override
    public Uni<Next> take(Run run) {
        int room = WindowDecision.room(run, config.dispatchWindow());
        return (room == 0 ? Uni.createFrom().item(run) : fill(run, room)).map(Next::go);
    }

    private Uni<Run> fill(Run run, int room) {
        return unsent.next(run, room)
                .call(batch -> reopen(run, batch))
                .flatMap(batch -> run.needsDispatch() ? begin(run, batch) : refill(run, batch));
    }

    private Uni<Run> begin(Run run, Batch batch) {
        return send(run, batch)
                .chain(() -> store.update(run.id(), r -> r.needsDispatch() ? r.dispatched(batch.cursor(), clock) : r));
    }

    private Uni<Run> refill(Run run, Batch batch) {
        AtomicReference<Dispatch> ours = new AtomicReference<>();
        return store.update(run.id(), r -> {
                    if (!r.acceptsWork() || !r.dispatch().equals(run.dispatch())) {
                        return r;
                    }
                    Run moved = r.dispatched(batch.cursor(), clock);
                    ours.set(moved.dispatch());
                    return moved;
                })
                .call(now -> now.dispatch().equals(ours.get())
                        ? send(run, batch)
                        : Uni.createFrom().voidItem());
    }

    /** Parts that failed in an earlier execution; before the cursor passes them, for what they say counts from then on. */
    private Uni<Void> reopen(Run run, Batch batch) {
        List<PartIndex> failed =
                batch.parts().stream().filter(index -> index.failure() != null).toList();
        return each(failed, index -> {
            PartIndex open = PartIndex.open(index.part());
            return blobs.setMetadata(open.name(run.id()), open.metadata(), null);
        });
    }

    private Uni<Void> send(Run run, Batch batch) {
        return each(batch.parts(), index -> queue.send(message(run, index)))
                .invoke(() -> LOG.info(
                        run.id(),
                        "Run %s: %d more of %d parts are on their way",
                        run.id(),
                        batch.parts().size(),
                        run.size().items()));
    }

    private static WorkMessage message(Run run, PartIndex index) {
        int attempts = index.failure() == null ? index.attempts() : 0;
        return new WorkMessage.ComputePart(run.id(), index.part(), attempts);
    }

    private static Uni<Void> each(List<PartIndex> parts, Function<PartIndex, Uni<?>> action) {
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUni(index -> action.apply(index).replaceWith(index))
                .merge(AT_ONCE)
                .onItem()
                .ignoreAsUni();
    }
}

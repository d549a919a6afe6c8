package io.freshet.watcher.reconcile;

import io.freshet.items.ItemIndex;
import io.freshet.items.Layouts;
import io.freshet.run.Dispatch;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.reconcile.Step.Next;
import io.freshet.watcher.reconcile.UnsentItems.Batch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Keeps a window of a run's messages in flight. The first ones are sent before the cursor moves: if the watcher dies in
 * between, they are sent again. Later ones are sent after it has moved: of two watchers that see the same outcomes,
 * only the one that moved the cursor sends. If it dies before sending, the messages count as lost ({@link RepeatStep}).
 */
@Singleton
final class DispatchStep implements Step {
    private static final RunLog LOG = RunLog.of(DispatchStep.class);
    private static final int AT_ONCE = 32;

    private final Layouts layouts;
    private final RunStore store;
    private final WorkQueue queue;
    private final UnsentItems unsent;
    private final Clock clock;
    private final WatcherConfig config;

    DispatchStep(
            Layouts layouts, RunStore store, WorkQueue queue, UnsentItems unsent, Clock clock, WatcherConfig config) {
        this.layouts = layouts;
        this.store = store;
        this.queue = queue;
        this.unsent = unsent;
        this.clock = clock;
        this.config = config;
    }

    @Override
    public Uni<Next> take(Run run) {
        if (run.location() instanceof Location.Burst) {
            return open(run).map(Next::go);
        }
        int room = WindowDecision.room(run, config.dispatchWindow());
        return (room == 0 ? Uni.createFrom().item(run) : fill(run, room)).map(Next::go);
    }

    /**
     * No messages are sent for a run with pods of its own, which find what is open; only items that failed earlier are
     * reopened.
     */
    private Uni<Run> open(Run run) {
        if (!run.acceptsWork() || run.dispatch().cursor() == Dispatch.ALL) {
            return Uni.createFrom().item(run);
        }
        return run.dispatch().generation() == 1
                ? passed(run, Dispatch.ALL)
                : unsent.next(run, Listing.MAX_PAGE)
                        .flatMap(batch -> reopened(run, batch))
                        .flatMap(batch -> passed(run, batch.cursor()))
                        .flatMap(now -> now.dispatch().equals(run.dispatch())
                                ? Uni.createFrom().item(now)
                                : open(now));
    }

    private Uni<Run> passed(Run run, int cursor) {
        return store.update(
                run.id(),
                r -> r.acceptsWork() && r.dispatch().equals(run.dispatch()) ? r.dispatched(cursor, clock) : r);
    }

    private Uni<Run> fill(Run run, int room) {
        return unsent.next(run, room)
                .flatMap(batch -> run.needsDispatch()
                        ? begin(run, batch)
                        : reopened(run, batch).flatMap(open -> refill(run, open)));
    }

    /** Each item is sent as soon as it is open: workers start with the first while others are still being written. */
    private Uni<Run> begin(Run run, Batch batch) {
        return each(
                        inOrder(batch.items()),
                        index -> layouts.of(run)
                                .reopen(run, index)
                                .call(open -> queue.send(layouts.of(run).message(run, open))))
                .invoke(sent -> logSent(run, sent))
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

    /**
     * Reopens items that failed in an earlier execution before the cursor passes them, because their failures count
     * from then on.
     */
    private Uni<Batch> reopened(Run run, Batch batch) {
        return each(batch.items(), index -> layouts.of(run).reopen(run, index))
                .map(open -> new Batch(inOrder(open), batch.cursor()));
    }

    /** In the order of the input: neighbours are computed together, and the first results come first. */
    private static List<ItemIndex> inOrder(List<ItemIndex> items) {
        return items.stream()
                .sorted(Comparator.comparingInt(index -> index.item().item()))
                .toList();
    }

    private Uni<Void> send(Run run, Batch batch) {
        return each(
                        batch.items(),
                        index -> queue.send(layouts.of(run).message(run, index)).replaceWith(index))
                .invoke(sent -> logSent(run, sent))
                .replaceWithVoid();
    }

    private static Uni<List<ItemIndex>> each(List<ItemIndex> items, Function<ItemIndex, Uni<ItemIndex>> action) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUni(action::apply)
                .merge(AT_ONCE)
                .collect()
                .asList();
    }

    private static void logSent(Run run, List<ItemIndex> sent) {
        LOG.info(run.id(), "Run %s: sent messages for %d more of %d items", run.id(), sent.size(), run.itemCount());
    }
}

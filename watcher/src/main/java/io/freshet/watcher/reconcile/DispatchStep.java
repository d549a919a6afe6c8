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
 * Keeps a window of a run's messages out. The first of a run are sent before the cursor moves: whoever dies in between
 * has sent them for nothing. Later ones are sent after it has moved: two watchers see the same outcomes, and only the
 * one that moved the cursor sends; if it dies before it has, the messages count as lost ({@link RepeatStep}).
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

    /** Nobody is woken for a run that has pods of its own; they find what is open, and what failed before is opened. */
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

    /** Each is sent as soon as it is open: workers begin with the first while others are still written. */
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

    /** Items that failed in an earlier execution; before the cursor passes them, for what they say counts from then on. */
    private Uni<Batch> reopened(Run run, Batch batch) {
        return each(batch.items(), index -> layouts.of(run).reopen(run, index))
                .map(open -> new Batch(inOrder(open), batch.cursor()));
    }

    /** Neighbours are computed together, early results come early. */
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
        LOG.info(run.id(), "Run %s: %d more of %d items are on their way", run.id(), sent.size(), run.itemCount());
    }
}

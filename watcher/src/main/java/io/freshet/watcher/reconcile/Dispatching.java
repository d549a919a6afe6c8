package io.freshet.watcher.reconcile;

import io.freshet.items.ItemIndex;
import io.freshet.items.Layouts;
import io.freshet.run.Dispatch;
import io.freshet.run.Progress;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Sends a message for every open part. Sending it twice does no harm: whoever comes second finds nothing to claim. */
@Singleton
final class Dispatching {
    private static final RunLog LOG = RunLog.of(Dispatching.class);
    private static final int AT_ONCE = 32;

    private final Layouts layouts;
    private final RunStore store;
    private final WorkOutbox outbox;
    private final Clock clock;
    private final Stillness stillness;

    Dispatching(Layouts layouts, RunStore store, WorkOutbox outbox, Clock clock, Stillness stillness) {
        this.layouts = layouts;
        this.store = store;
        this.outbox = outbox;
        this.clock = clock;
        this.stillness = stillness;
    }

    /** What moves while a run goes on. */
    private record Look(Progress progress, Dispatch dispatch) {}

    Uni<Run> start(Run run) {
        return store.update(run.id(), r -> r.state() instanceof RunState.Pending ? r.start(clock) : r);
    }

    /** Sends messages for all open parts, after reopening those that failed in an earlier execution. */
    Uni<Run> dispatch(Run run) {
        return inOrder(openItems(run))
                .onItem()
                .transformToUni(index -> layouts.of(run).reopen(run, index).call(open -> send(run, open)))
                .merge(AT_ONCE)
                .collect()
                .with(Collectors.counting())
                .invoke(sent ->
                        LOG.info(run.id(), "Run %s: %d of %d parts are on their way", run.id(), sent, run.itemCount()))
                .chain(() -> store.update(run.id(), r -> r.needsDispatch() ? r.dispatched(clock) : r));
    }

    /** Messages get lost, seldom. When nothing moves and the queue holds too few of them, they are sent again. */
    Uni<Void> repeatIfStalled(Run run) {
        long still = stillness.intervals(run.id(), new Look(run.progress(), run.dispatch()));
        if (!run.acceptsWork() || !run.isStalled(still)) {
            return Uni.createFrom().voidItem();
        }
        int open = run.itemCount() - run.progress().settled();
        return outbox.depth().flatMap(depth -> depth >= open ? Uni.createFrom().voidItem() : repeat(run));
    }

    private Uni<Void> repeat(Run run) {
        return layouts.of(run)
                .claimable(run)
                .onItem()
                .transformToUni(index -> send(run, index).replaceWith(index))
                .merge(AT_ONCE)
                .collect()
                .with(Collectors.counting())
                .invoke(sent -> LOG.info(run.id(), "Run %s stands still: %d messages are sent again", run.id(), sent))
                .chain(() -> store.update(run.id(), r -> r.acceptsWork() ? r.dispatched(clock) : r))
                .replaceWithVoid();
    }

    private Multi<ItemIndex> openItems(Run run) {
        return layouts.of(run).indexes(run).filter(index -> !isSettled(run, index));
    }

    /** By number within what a listing brings at once: neighbours are computed together, early results come early. */
    private static Multi<ItemIndex> inOrder(Multi<ItemIndex> indexes) {
        return indexes.group()
                .intoLists()
                .of(Listing.MAX_PAGE)
                .onItem()
                .transformToIterable(page -> page.stream()
                        .sorted(Comparator.comparingInt(index -> index.item().item()))
                        .toList());
    }

    private static boolean isSettled(Run run, ItemIndex index) {
        int item = index.item().item();
        return run.progress().done().contains(item) || run.progress().failed().contains(item);
    }

    private Uni<Void> send(Run run, ItemIndex index) {
        return outbox.send(layouts.of(run).message(run, index));
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.message.WorkMessage;
import io.freshet.run.Dispatch;
import io.freshet.run.Progress;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.PartIndex;
import io.freshet.storage.RunFiles;
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

    private final BlobStore blobs;
    private final RunStore store;
    private final WorkOutbox outbox;
    private final Clock clock;
    private final Stillness stillness;

    Dispatching(BlobStore blobs, RunStore store, WorkOutbox outbox, Clock clock, Stillness stillness) {
        this.blobs = blobs;
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
        return inOrder(openParts(run))
                .onItem()
                .transformToUni(index -> reopened(run, index).call(open -> send(run, open)))
                .merge(AT_ONCE)
                .collect()
                .with(Collectors.counting())
                .invoke(sent -> LOG.info(
                        run.id(),
                        "Run %s: %d of %d parts are on their way",
                        run.id(),
                        sent,
                        run.size().items()))
                .chain(() -> store.update(run.id(), r -> r.needsDispatch() ? r.dispatched(clock) : r));
    }

    /** Messages get lost, seldom. When nothing moves and the queue holds too few of them, they are sent again. */
    Uni<Void> repeatIfStalled(Run run) {
        long still = stillness.intervals(run.id(), new Look(run.progress(), run.dispatch()));
        if (!run.acceptsWork() || !run.isStalled(still)) {
            return Uni.createFrom().voidItem();
        }
        int open = run.size().items() - run.progress().settled();
        return outbox.depth().flatMap(depth -> depth >= open ? Uni.createFrom().voidItem() : repeat(run));
    }

    private Uni<Void> repeat(Run run) {
        return index(run)
                .filter(blob -> !blob.leased())
                .map(PartIndex::of)
                .filter(index -> index != null && index.failure() == null)
                .onItem()
                .transformToUni(index -> send(run, index).replaceWith(index))
                .merge(AT_ONCE)
                .collect()
                .with(Collectors.counting())
                .invoke(sent -> LOG.info(run.id(), "Run %s stands still: %d messages are sent again", run.id(), sent))
                .chain(() -> store.update(run.id(), r -> r.acceptsWork() ? r.dispatched(clock) : r))
                .replaceWithVoid();
    }

    private Multi<PartIndex> openParts(Run run) {
        return index(run).map(PartIndex::of).filter(index -> index != null && !isSettled(run, index));
    }

    /** By number within what a listing brings at once: neighbours are computed together, early results come early. */
    private static Multi<PartIndex> inOrder(Multi<PartIndex> indexes) {
        return indexes.group()
                .intoLists()
                .of(Listing.MAX_PAGE)
                .onItem()
                .transformToIterable(page -> page.stream()
                        .sorted(Comparator.comparingInt(index -> index.part().number()))
                        .toList());
    }

    private static boolean isSettled(Run run, PartIndex index) {
        int item = index.part().item();
        return run.progress().done().contains(item) || run.progress().failed().contains(item);
    }

    private Multi<BlobInfo> index(Run run) {
        return Listings.blobs(blobs, RunFiles.indexes(run.id()), Detail.WITH_METADATA);
    }

    private Uni<PartIndex> reopened(Run run, PartIndex index) {
        if (index.failure() == null) {
            return Uni.createFrom().item(index);
        }
        PartIndex open = PartIndex.open(index.part());
        return blobs.setMetadata(open.name(run.id()), open.metadata(), null).replaceWith(open);
    }

    private Uni<Void> send(Run run, PartIndex index) {
        return outbox.send(new WorkMessage.ComputePart(run.id(), index.part(), index.attempts()));
    }
}

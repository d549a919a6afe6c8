package io.freshet.watcher.reconcile;

import io.freshet.message.WorkMessage;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
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
import java.util.List;
import java.util.stream.Collectors;

/** Messages get lost, seldom. When nothing moves and the queue holds too few of them, they are sent again. */
@Singleton
final class RepeatStep implements Step {
    private static final RunLog LOG = RunLog.of(RepeatStep.class);
    private static final int AT_ONCE = 32;

    private final BlobStore blobs;
    private final RunStore store;
    private final WorkQueue queue;
    private final Clock clock;
    private final StallDetector stalls;

    RepeatStep(BlobStore blobs, RunStore store, WorkQueue queue, Clock clock, StallDetector stalls) {
        this.blobs = blobs;
        this.store = store;
        this.queue = queue;
        this.clock = clock;
        this.stalls = stalls;
    }

    @Override
    public Uni<Next> take(Run run) {
        long still = stalls.intervals(run.id(), Movement.of(run));
        return StallDecision.mayHaveLost(run, still)
                ? queue.depth().flatMap(depth -> StallDecision.haveLost(run, depth) ? repeat(run) : nothing())
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
                .invoke(sent -> LOG.info(run.id(), "Run %s stands still: %d messages are sent again", run.id(), sent))
                .chain(() -> store.update(run.id(), r -> r.acceptsWork() ? r.repeated(clock) : r))
                .replaceWith(Next.done());
    }

    /** Parts that have had a message, that nobody works on, and that are open. The listing begins with them. */
    private Multi<PartIndex> outstanding(Run run) {
        ItemSet sent = run.sent();
        return Listings.blobs(blobs, RunFiles.indexes(run.id()), Detail.WITH_METADATA)
                .onItem()
                .transformToIterable(RepeatStep::entry)
                .select()
                .first(entry -> sent.contains(entry.index().part().item()))
                .filter(entry -> !entry.leased() && entry.index().failure() == null)
                .map(Entry::index);
    }

    private record Entry(PartIndex index, boolean leased) {}

    private static List<Entry> entry(BlobInfo blob) {
        PartIndex index = PartIndex.of(blob);
        return index == null ? List.of() : List.of(new Entry(index, blob.leased()));
    }

    private Uni<Void> send(Run run, PartIndex index) {
        return queue.send(new WorkMessage.ComputePart(run.id(), index.part(), index.attempts()));
    }
}

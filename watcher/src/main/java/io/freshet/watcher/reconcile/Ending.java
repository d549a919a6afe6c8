package io.freshet.watcher.reconcile;

import io.freshet.items.Layouts;
import io.freshet.items.MergeIndex;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.report.CompletionReport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The last steps of a finished run: nothing is left to claim, the world is told, the watcher forgets it. */
@Singleton
final class Ending {
    private static final RunLog LOG = RunLog.of(Ending.class);

    private static final int AT_ONCE = 16;

    private final BlobStore blobs;
    private final Layouts layouts;
    private final RunStore store;
    private final CompletionReport report;
    private final Stillness stillness;

    Ending(BlobStore blobs, Layouts layouts, RunStore store, CompletionReport report, Stillness stillness) {
        this.blobs = blobs;
        this.layouts = layouts;
        this.store = store;
        this.report = report;
        this.stillness = stillness;
    }

    Uni<Void> of(Run run) {
        return layouts.of(run)
                .close(run)
                .chain(() -> blobs.breakLease(MergeIndex.name(run.id())))
                .chain(() -> blobs.delete(MergeIndex.name(run.id()), null))
                .chain(() -> removeMergeGroups(run))
                .chain(() -> report.publish(run))
                .chain(() -> store.unmarkActive(run.id()))
                .chain(() -> markIfReopened(run))
                .invoke(() -> stillness.forget(run.id()))
                .invoke(() -> LOG.info(
                        run.id(),
                        "Run %s has ended: %s, %d of %d parts, %d rejected lines",
                        run.id(),
                        run.state().getClass().getSimpleName(),
                        run.progress().done().size(),
                        run.itemCount(),
                        run.progress().tally().rejectedLines()));
    }

    /** A user may have had it run again in the meantime: the marker that is gone was for that as well. */
    private Uni<Void> markIfReopened(Run run) {
        return store.find(run.id())
                .flatMap(now ->
                        now.filter(r -> r.isUnfinished() || r.isDeleted()).isPresent()
                                ? store.markAgain(run.id())
                                : Uni.createFrom().voidItem());
    }

    /** Whoever merges wide results leaves them, whether the merge was finished, given up or canceled. */
    private Uni<Void> removeMergeGroups(Run run) {
        return Listings.blobs(blobs, MergeIndex.groups(run.id(), run.dispatch().generation()), Detail.PLAIN)
                .onItem()
                .transformToUni(blob -> blobs.delete(blob.name(), null))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }
}

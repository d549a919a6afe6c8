package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.InputSecrets;
import io.freshet.storage.Listings;
import io.freshet.storage.PartIndex;
import io.freshet.storage.RunFiles;
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
    private final RunStore store;
    private final InputSecrets secrets;
    private final CompletionReport report;
    private final Stillness stillness;

    Ending(BlobStore blobs, RunStore store, InputSecrets secrets, CompletionReport report, Stillness stillness) {
        this.blobs = blobs;
        this.store = store;
        this.secrets = secrets;
        this.report = report;
        this.stillness = stillness;
    }

    Uni<Void> of(Run run) {
        return closeIndexes(run)
                .chain(() -> blobs.breakLease(RunFiles.mergeIndex(run.id())))
                .chain(() -> blobs.delete(RunFiles.mergeIndex(run.id()), null))
                .chain(() -> removeMergeGroups(run))
                .chain(() -> secrets.drop(run))
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
                        run.size().items(),
                        run.progress().rejectedLines()));
    }

    /** A user may have had it run again in the meantime: the marker that is gone was for that as well. */
    private Uni<Void> markIfReopened(Run run) {
        return store.find(run.id())
                .flatMap(now ->
                        now.filter(r -> r.isUnfinished() || r.isDeleted()).isPresent()
                                ? store.markAgain(run.id())
                                : Uni.createFrom().voidItem());
    }

    /** Index blobs stay only with failed parts, for a rerun; a canceled run keeps none. */
    private Uni<Void> closeIndexes(Run run) {
        return Listings.blobs(blobs, RunFiles.indexes(run.id()), Detail.WITH_METADATA)
                .filter(blob -> !isKept(run, blob))
                .onItem()
                .transformToUni(blob -> blobs.breakLease(blob.name()).chain(() -> blobs.delete(blob.name(), null)))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Whoever merges wide results leaves them, whether the merge was finished, given up or canceled. */
    private Uni<Void> removeMergeGroups(Run run) {
        return Listings.blobs(
                        blobs, RunFiles.mergeGroups(run.id(), run.dispatch().generation()), Detail.PLAIN)
                .onItem()
                .transformToUni(blob -> blobs.delete(blob.name(), null))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static boolean isKept(Run run, BlobInfo blob) {
        PartIndex index = PartIndex.of(blob);
        return run.state() instanceof RunState.Repeatable
                && index != null
                && run.progress().failed().contains(index.part().item());
    }
}

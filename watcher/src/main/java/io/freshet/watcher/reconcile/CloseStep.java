package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.PartIndex;
import io.freshet.storage.RunFiles;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Leaves nothing to claim of a finished run. */
@Singleton
final class CloseStep implements Step {

    private static final int AT_ONCE = 16;

    private final BlobStore blobs;

    CloseStep(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public Uni<Next> take(Run run) {
        return closeIndexes(run)
                .chain(() -> blobs.breakLease(RunFiles.mergeIndex(run.id())))
                .chain(() -> blobs.delete(RunFiles.mergeIndex(run.id()), null))
                .chain(() -> removeMergeGroups(run))
                .replaceWith(() -> Next.go(run));
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

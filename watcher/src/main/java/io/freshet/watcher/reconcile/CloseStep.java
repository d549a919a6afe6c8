package io.freshet.watcher.reconcile;

import io.freshet.items.Layouts;
import io.freshet.items.MergeIndex;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.InputSecrets;
import io.freshet.storage.Listings;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes what could still be claimed of a finished run, and its right to read its input. */
@Singleton
final class CloseStep implements Step {

    private static final int AT_ONCE = 16;

    private final BlobStore blobs;
    private final Layouts layouts;
    private final InputSecrets secrets;

    CloseStep(BlobStore blobs, Layouts layouts, InputSecrets secrets) {
        this.blobs = blobs;
        this.layouts = layouts;
        this.secrets = secrets;
    }

    @Override
    public Uni<Next> take(Run run) {
        return layouts.of(run)
                .close(run)
                .chain(() -> blobs.breakLease(MergeIndex.name(run.id())))
                .chain(() -> blobs.delete(MergeIndex.name(run.id()), null))
                .chain(() -> removeMergeGroups(run))
                .chain(() -> secrets.drop(run))
                .replaceWith(() -> Next.go(run));
    }

    /** Merges of wide results leave them behind, whether finished, given up or canceled. */
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

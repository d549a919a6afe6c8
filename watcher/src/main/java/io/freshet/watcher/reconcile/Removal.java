package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.IdempotencyRecords;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Removes all blobs of a deleted run or an abandoned upload. */
@Singleton
final class Removal {
    private static final RunLog LOG = RunLog.of(Removal.class);
    private static final int AT_ONCE = 16;

    private final BlobStore blobs;
    private final RunStore store;
    private final IdempotencyRecords records;
    private final Clock clock;
    private final WatcherConfig config;

    Removal(BlobStore blobs, RunStore store, Clock clock, WatcherConfig config) {
        this.blobs = blobs;
        this.store = store;
        this.records = new IdempotencyRecords(blobs);
        this.clock = clock;
        this.config = config;
    }

    /** False if a worker still held a part: what it may still write is removed in another round. */
    Uni<Boolean> of(Run run) {
        return removeBlobs(run.id())
                .flatMap(leased -> leased > 0
                        ? Uni.createFrom().item(false)
                        : removeIdempotencyRecord(run)
                                .chain(() -> store.remove(run.id()))
                                .chain(() -> store.unmarkActive(run.id()))
                                .invoke(() -> LOG.info(run.id(), "Removed run %s", run.id()))
                                .replaceWith(true));
    }

    private Uni<Void> removeIdempotencyRecord(Run run) {
        String key = run.spec().idempotencyKey();
        return key == null ? Uni.createFrom().voidItem() : records.free(key, run.id());
    }

    /**
     * Handles markers without a document: an upload or a release is in progress, or its gateway died. Once the run is
     * no longer marked active, no idempotency key leads to it; only then may blobs be removed. The marker of the upload
     * is removed last, because it shows where to continue.
     */
    Uni<Void> ofAbandoned(RunId id) {
        return isAbandoned(id)
                .flatMap(abandoned -> abandoned
                        ? store.markUploading(id)
                                .chain(() -> store.unmarkActive(id))
                                .chain(() -> removeBlobs(id))
                                .chain(() -> store.unmarkUploading(id))
                                .invoke(() -> LOG.info(id, "Removed the abandoned upload of run %s", id))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> isAbandoned(RunId id) {
        return Uni.combine()
                .all()
                .unis(blobs.describe(RunFiles.active(id)), blobs.describe(RunFiles.uploading(id)))
                .with((released, uploading) ->
                        released.or(() -> uploading).filter(this::isOld).isPresent());
    }

    private boolean isOld(BlobInfo marker) {
        return marker.lastModified().isBefore(abandonedBefore());
    }

    private Instant abandonedBefore() {
        return clock.instant().minus(config.abandonedAfter());
    }

    /** Removes everything but the document; returns the number of blobs held by workers. */
    private Uni<Long> removeBlobs(RunId id) {
        return Listings.blobs(blobs, RunFiles.folder(id), Detail.WITH_UNCOMMITTED)
                .filter(blob -> !blob.name().equals(RunFiles.document(id)))
                .onItem()
                .transformToUni(blob -> remove(blob).replaceWith(blob.leased() ? 1L : 0L))
                .merge(AT_ONCE)
                .collect()
                .with(Collectors.summingLong(leased -> leased));
    }

    private Uni<Void> remove(BlobInfo blob) {
        Uni<Void> free =
                blob.leased() ? blobs.breakLease(blob.name()) : Uni.createFrom().voidItem();
        return free.chain(() -> blobs.delete(blob.name(), null)).flatMap(deletion -> switch (deletion) {
            case ABSENT -> dropStagedBlocks(blob);
            case DELETED, LEASED -> Uni.createFrom().voidItem();
        });
    }

    /** Staged blocks cannot be deleted; they are dropped when something is committed in their place. */
    private Uni<Void> dropStagedBlocks(BlobInfo blob) {
        return blobs.put(blob.name(), List.of(), Attributes.ofType("text/plain"), Condition.IF_ABSENT)
                .chain(() -> blobs.delete(blob.name(), null))
                .replaceWithVoid();
    }
}

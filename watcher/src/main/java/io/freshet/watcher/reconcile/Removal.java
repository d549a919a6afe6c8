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

/** Removes all blobs of a run: of a deleted one, and of an upload that was never finished. */
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

    /** False while a worker still held a part: what that worker writes has to go as well, in another round. */
    Uni<Boolean> of(Run run) {
        return removeBlobs(run.id())
                .flatMap(leased -> leased > 0
                        ? Uni.createFrom().item(false)
                        : removeIdempotencyRecord(run)
                                .chain(() -> store.remove(run.id()))
                                .chain(() -> store.unmarkActive(run.id()))
                                .invoke(() -> LOG.info(run.id(), "Run %s is removed", run.id()))
                                .replaceWith(true));
    }

    private Uni<Void> removeIdempotencyRecord(Run run) {
        String key = run.spec().idempotencyKey();
        return key == null ? Uni.createFrom().voidItem() : records.free(key, run.id());
    }

    /**
     * Markers without a document: an upload or a release is under way, or its gateway died. Once the run is not marked
     * active any more, no idempotency key leads to it: only then may it lose something. The marker of the upload goes
     * last, since it tells where to go on.
     */
    Uni<Void> ofAbandoned(RunId id) {
        return isAbandoned(id)
                .flatMap(abandoned -> abandoned
                        ? store.markUploading(id)
                                .chain(() -> store.unmarkActive(id))
                                .chain(() -> removeBlobs(id))
                                .chain(() -> store.unmarkUploading(id))
                                .invoke(() -> LOG.info(id, "The abandoned upload of run %s is removed", id))
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

    /** Everything but the document; gives the number of blobs that workers held. */
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

    /** Staged blocks cannot be deleted; they go when something is committed in their place. */
    private Uni<Void> dropStagedBlocks(BlobInfo blob) {
        return blobs.put(blob.name(), List.of(), Attributes.ofType("text/plain"), Condition.IF_ABSENT)
                .chain(() -> blobs.delete(blob.name(), null))
                .replaceWithVoid();
    }
}

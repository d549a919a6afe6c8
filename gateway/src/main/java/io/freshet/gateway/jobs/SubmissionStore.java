package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.ingest.UploadScope;
import io.freshet.items.PartLayout;
import io.freshet.run.RunId;
import io.freshet.run.RunIds;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What storage holds of a run before its release: a marker, then its index blobs. All of it can be removed again. */
@Singleton
final class SubmissionStore {
    private static final RunLog LOG = RunLog.of(SubmissionStore.class);

    private final BlobStore blobs;
    private final RunStore runs;
    private final PartLayout parts;
    private final BulkWrites bulk;
    private final RunIds ids;
    private volatile boolean containerIsThere;

    SubmissionStore(BlobStore blobs, RunStore runs, PartLayout parts, BulkWrites bulk, RunIds ids) {
        this.blobs = blobs;
        this.runs = runs;
        this.parts = parts;
        this.bulk = bulk;
        this.ids = ids;
    }

    @Produces
    @Singleton
    static RunIds ids(Clock clock) {
        return new RunIds(clock, bound -> ThreadLocalRandom.current().nextInt(bound));
    }

    /**
     * A run that is being put together.
     *
     * @param scope in which everything is written for it
     */
    record Submission(RunId id, UploadScope scope) {}

    /** The container is checked once in each process, and again only if storage did not answer. */
    Uni<Submission> open() {
        Uni<Void> container = containerIsThere
                ? Uni.createFrom().voidItem()
                : blobs.ensureContainer().invoke(() -> containerIsThere = true);
        return container.replaceWith(() -> new Submission(ids.next(), new UploadScope()));
    }

    /** From here on the watcher sweeps up if this process dies. */
    Uni<Void> mark(Submission submission) {
        return submission.scope().call(() -> runs.markUploading(submission.id()));
    }

    /** Writes an index blob for each part. */
    Uni<Void> index(Submission submission, PartTable table) {
        return Multi.createFrom()
                .range(0, table.size())
                .onItem()
                .transformToUni(i ->
                        bulk.write(() -> submission.scope().call(() -> parts.open(submission.id(), table.part(i)))))
                .merge(BulkWrites.EACH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Ends the submission, waits for what is in flight, and removes everything. */
    Uni<Void> takeBack(Submission submission) {
        return submission.scope().end().chain(() -> discard(submission.id()));
    }

    /**
     * Removes what was stored of a run that will not be released, once nothing more is written for it. What cannot be
     * removed now is swept later.
     */
    Uni<Void> discard(RunId id) {
        return runs.find(id)
                .flatMap(found -> found.isPresent() ? Uni.createFrom().voidItem() : remove(id))
                .onFailure()
                .invoke(t -> LOG.warn(id, "The rest of upload %s is left to the watcher: %s", id, t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** The marker of the upload goes last: it tells the watcher what is left. */
    private Uni<Void> remove(RunId id) {
        return runs.unmarkActive(id).chain(() -> removeBlobs(id)).chain(() -> runs.unmarkUploading(id));
    }

    private Uni<Void> removeBlobs(RunId id) {
        return Listings.blobs(blobs, RunFiles.folder(id), Detail.WITH_UNCOMMITTED)
                .onItem()
                .transformToUni(blob -> bulk.write(() -> remove(blob.name())))
                .merge(BulkWrites.EACH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> remove(String blob) {
        return blobs.delete(blob, null)
                .flatMap(deletion -> deletion == BlobStore.Deletion.ABSENT
                        ? dropStagedBlocks(blob)
                        : Uni.createFrom().voidItem());
    }

    /** Staged blocks cannot be deleted; they go when something is committed in their place. */
    private Uni<Void> dropStagedBlocks(String blob) {
        return blobs.put(blob, List.of(), Attributes.ofType("text/plain"), Condition.IF_ABSENT)
                .chain(() -> blobs.delete(blob, null))
                .replaceWithVoid();
    }
}

package io.freshet.gateway.jobs;

import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.queue.WatcherNotifier;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.IdempotencyRecords;
import io.freshet.storage.IdempotencyRecords.IdempotencyRecord;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

import java.util.List;

/**
 * The moment at which a run comes into being. With an idempotency key, the record of the key holds the whole run: who
 * comes second with the key can finish what the first one left.
 */
@Singleton
final class Release {
    private static final RunLog LOG = RunLog.of(Release.class);

    private final RunStore store;
    private final IdempotencyRecords records;
    private final BlobStore blobs;
    private final BulkWrites bulk;
    private final WatcherNotifier watcher;

    Release(
            IdempotencyRecords records,
            JobSubmission.Storage storage,
            @Channel("control") MutinyEmitter<String> control) {
        this.records = records;
        this.store = storage.runs();
        this.blobs = storage.blobs();
        this.bulk = storage.bulk();
        this.watcher = new WatcherNotifier(control::send);
    }

    /**
     * Gives the id of the run that stands for this request: this one, or the one that its key led to before. From the
     * moment at which it is marked active, the watcher looks after it. Once the key's record names a run, its blobs stay
     * even if its release fails: the next request with the key goes on from there.
     *
     * @param fingerprint of everything that the client sent
     */
    Uni<RunId> release(Run run, String fingerprint) {
        String key = run.spec().idempotencyKey();
        Uni<Void> marked = store.markActive(run.id());
        if (key == null) {
            return marked.chain(() -> create(run)).onFailure().call(() -> discard(run.id()));
        }
        return marked.onFailure()
                .call(() -> discard(run.id()))
                .chain(() -> records.claim(key, new IdempotencyRecord(fingerprint, run)))
                .flatMap(holder -> holder.run().id().equals(run.id())
                        ? create(run)
                        : discard(run.id()).chain(() -> earlier(holder, fingerprint)));
    }

    private Uni<RunId> earlier(IdempotencyRecord holder, String request) {
        if (!holder.request().equals(request)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was used for job " + holder.run().id()
                            + " with another body or other parameters: use a new key");
        }
        return create(holder.run());
    }

    private Uni<RunId> create(Run run) {
        return store.create(run)
                .chain(() -> announce(run.id()))
                .chain(() -> forgetUpload(run.id()))
                .replaceWith(run.id());
    }

    /** The marker of a run that is there does no harm: the watcher takes it away. */
    private Uni<Void> forgetUpload(RunId id) {
        return store.unmarkUploading(id).onFailure().recoverWithNull();
    }

    /** A lost message delays the run until the watcher looks around; that is no reason to refuse the job. */
    Uni<Void> announce(RunId id) {
        return watcher.runChanged(id);
    }

    /**
     * Removes what was stored of a run that will not be, and that nothing more is written for; what cannot be removed now
     * is swept later.
     */
    Uni<Void> discard(RunId id) {
        return store.find(id)
                .flatMap(found -> found.isPresent() ? Uni.createFrom().voidItem() : remove(id))
                .onFailure()
                .invoke(t -> LOG.warn(id, "The rest of upload %s is left to the watcher: %s", id, t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** The marker of the upload goes last: it tells the watcher what is left. */
    private Uni<Void> remove(RunId id) {
        return store.unmarkActive(id).chain(() -> removeBlobs(id)).chain(() -> store.unmarkUploading(id));
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

package io.freshet.gateway.jobs;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.queue.WatcherNotifier;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.IdempotencyRecord;
import io.freshet.storage.IdempotencyRecords;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

import java.util.stream.Collectors;

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
    private final WatcherNotifier watcher;

    Release(
            RunStore store,
            IdempotencyRecords records,
            BlobStore blobs,
            @Channel("control") MutinyEmitter<String> control) {
        this.store = store;
        this.records = records;
        this.blobs = blobs;
        this.watcher = new WatcherNotifier(control::send);
    }

    /**
     * Gives the id of the run that stands for this request: this one, or the one that its key led to before. Once the
     * key's record names a run, its blobs stay even if its release fails: the next request with the key goes on from
     * there.
     */
    Uni<RunId> release(Run run, String fingerprint) {
        String key = run.spec().idempotencyKey();
        if (key == null) {
            return create(run).onFailure().call(() -> discard(run.id()));
        }
        String request = fingerprint + " " + run.spec().handler() + " " + linesPerPart(run);
        return records.claim(key, new IdempotencyRecord(request, run))
                .flatMap(holder -> holder.run().id().equals(run.id())
                        ? create(run)
                        : discard(run.id()).chain(() -> earlier(holder, request)));
    }

    private static int linesPerPart(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> parts.linesPerPart();
        };
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
        return store.create(run).chain(() -> announce(run.id())).replaceWith(run.id());
    }

    /** A lost message delays the run until the watcher looks around; that is no reason to refuse the job. */
    Uni<Void> announce(RunId id) {
        return watcher.runChanged(id);
    }

    /** Removes what was stored of a run that will not be; what cannot be removed now is swept later. */
    Uni<Void> discard(RunId id) {
        return store.find(id)
                .flatMap(found -> found.isPresent() ? Uni.createFrom().voidItem() : remove(id))
                .onFailure()
                .invoke(t -> LOG.debug(id, "The rest of upload %s is left to the watcher: %s", id, t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> remove(RunId id) {
        return Listings.blobs(blobs, RunFiles.folder(id), Detail.WITH_UNCOMMITTED)
                .onItem()
                .transformToUniAndConcatenate(blob -> blobs.delete(blob.name(), null))
                .filter(deletion -> deletion == BlobStore.Deletion.ABSENT)
                .collect()
                .with(Collectors.counting())
                .flatMap(staged -> staged > 0 ? leftToSweeper(id) : store.unmarkActive(id));
    }

    private static Uni<Void> leftToSweeper(RunId id) {
        return Uni.createFrom()
                .failure(new Transient(FailureCode.CONFLICT, "Blocks of upload " + id + " are staged", null));
    }
}

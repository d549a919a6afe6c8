package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.Ingested;
import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.ingest.UploadScope;
import io.freshet.gateway.jobs.JobParameters.Wanted;
import io.freshet.items.PartLayout;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunIds;
import io.freshet.storage.BlobStore;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;

/**
 * Brings a job into being in two phases: first everything it needs is committed (input, then one index blob for each
 * part), then it is released, by its document. Whatever ends before that never runs, and leaves nothing; if this process
 * dies, it is swept.
 */
@Singleton
final class JobSubmission {
    private static final RunLog LOG = RunLog.of(JobSubmission.class);

    private final Storage storage;
    private final RunIds ids;
    private final Release release;
    private final Clock clock;
    private volatile boolean containerIsThere;

    JobSubmission(Storage storage, RunIds ids, Release release, Clock clock) {
        this.storage = storage;
        this.ids = ids;
        this.release = release;
        this.clock = clock;
    }

    /** Where a job is put together. */
    @Singleton
    record Storage(BlobStore blobs, PartLayout parts, RunStore runs, BulkWrites bulk) {}

    /** What is known of a run's input once its bytes are where they stay. */
    record Stored(RunInput input, PartTable parts, String fingerprint) {}

    /** Brings an input to where it stays. */
    @FunctionalInterface
    interface Bringing {
        /**
         * @param id whose folder it may go to
         * @param scope by which it writes, if it does
         */
        Uni<Stored> bring(RunId id, UploadScope scope);
    }

    /**
     * Stores an input and releases its run. Gives the id of the run, which is an older one's if the idempotency key is
     * known. Cancelling takes everything back that was stored, as a failure does, but does not stop a release that has
     * begun.
     */
    Uni<RunId> submit(Wanted wanted, Bringing bringing) {
        RunId id = ids.next();
        UploadScope scope = new UploadScope();
        return container()
                .chain(() -> prepare(id, bringing, scope))
                .flatMap(stored -> scope.call(
                        () -> release.release(run(id, wanted, stored), wanted.fingerprint(stored.fingerprint()))));
    }

    private Uni<Stored> prepare(RunId id, Bringing bringing, UploadScope scope) {
        return scope.call(() -> storage.runs().markUploading(id))
                .chain(() -> bringing.bring(id, scope))
                .flatMap(stored -> index(id, stored.parts(), scope).replaceWith(stored))
                .onFailure()
                .invoke(t -> LOG.info(id, "Upload %s has failed and leaves nothing: %s", id, t.getMessage()))
                .onFailure()
                .call(() -> takeBack(id, scope))
                .onCancellation()
                .invoke(() -> takeBackForNobody(id, scope));
    }

    private Uni<Void> takeBack(RunId id, UploadScope scope) {
        return scope.end().chain(() -> release.discard(id));
    }

    private void takeBackForNobody(RunId id, UploadScope scope) {
        LOG.info(id, "The client of upload %s has gone, and nothing is left of it", id);
        takeBack(id, scope)
                .subscribe()
                .with(done -> {}, t -> LOG.warn(id, "Upload %s is left to the watcher: %s", id, t.getMessage()));
    }

    /** Asked once for each process, again only if storage did not answer. */
    private Uni<Void> container() {
        return containerIsThere
                ? Uni.createFrom().voidItem()
                : storage.blobs().ensureContainer().invoke(() -> containerIsThere = true);
    }

    private Run run(RunId id, Wanted wanted, Stored stored) {
        PartTable parts = stored.parts();
        return Run.submitted(id, wanted.spec(stored.input(), parts), clock.instant());
    }

    private Uni<Void> index(RunId id, PartTable parts, UploadScope scope) {
        return Multi.createFrom()
                .range(0, parts.size())
                .onItem()
                .transformToUni(i -> storage.bulk()
                        .write(() -> scope.call(() -> storage.parts().open(id, parts.part(i)))))
                .merge(BulkWrites.EACH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Uploaded bytes, as the run will read them. */
    Uni<Stored> uploaded(RunId id, Ingested ingested) {
        return ingested.written()
                .etag()
                .map(etag -> Uni.createFrom().item(etag))
                .orElseGet(() -> written(id))
                .map(RunInput.Uploaded::new)
                .map(input ->
                        new Stored(input, ingested.parts(), ingested.sha256().orElse("")));
    }

    /** The id is new, so whoever was faster was this upload: the answer to an earlier request was lost. */
    private Uni<String> written(RunId id) {
        return storage.blobs()
                .describe(RunFiles.input(id))
                .map(input -> input.orElseThrow().etag());
    }
}

package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.Ingested;
import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.jobs.JobParameters.Wanted;
import io.freshet.items.PartLayout;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunIds;
import io.freshet.run.RunInput;
import io.freshet.storage.BlobStore;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.function.Function;

/**
 * Brings a job into being in two phases: first everything it needs is committed (input, then one index blob for each
 * part), then it is released, by its document. Whatever ends before that never runs, and is swept.
 */
@Singleton
final class JobSubmission {
    private static final RunLog LOG = RunLog.of(JobSubmission.class);
    private static final int INDEXES_AT_ONCE = 32;

    private final BlobStore blobs;
    private final PartLayout layout;
    private final RunStore store;
    private final RunIds ids;
    private final Release release;
    private final Clock clock;
    private volatile boolean containerIsThere;

    JobSubmission(BlobStore blobs, PartLayout layout, RunStore store, RunIds ids, Release release, Clock clock) {
        this.blobs = blobs;
        this.layout = layout;
        this.store = store;
        this.ids = ids;
        this.release = release;
        this.clock = clock;
    }

    /** What is known of a run's input once its bytes are where they stay. */
    record Stored(RunInput input, PartTable parts, String fingerprint) {}

    /**
     * Stores an input by {@code bring}, which is given the folder's owner, and releases its run. Gives the id of the
     * run, which is an older one's if the idempotency key is known.
     */
    Uni<RunId> submit(Wanted wanted, Function<RunId, Uni<Stored>> bring) {
        RunId id = ids.next();
        return container()
                .chain(() -> store.markActive(id))
                .chain(() -> bring.apply(id))
                .flatMap(stored -> index(id, stored.parts()).replaceWith(stored))
                .onFailure()
                .invoke(t -> LOG.info(id, "Upload %s has failed and leaves nothing: %s", id, t.getMessage()))
                .onFailure()
                .call(() -> release.discard(id))
                .flatMap(stored -> release.release(run(id, wanted, stored), stored.fingerprint()));
    }

    /** Asked once for each process, again only if storage did not answer. */
    private Uni<Void> container() {
        return containerIsThere
                ? Uni.createFrom().voidItem()
                : blobs.ensureContainer().invoke(() -> containerIsThere = true);
    }

    private Run run(RunId id, Wanted wanted, Stored stored) {
        PartTable parts = stored.parts();
        return Run.submitted(id, wanted.spec(stored.input(), parts), clock.instant());
    }

    private Uni<Void> index(RunId id, PartTable parts) {
        return Multi.createFrom()
                .range(0, parts.size())
                .onItem()
                .transformToUni(i -> layout.open(id, parts.part(i)))
                .merge(INDEXES_AT_ONCE)
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
        return blobs.describe(RunFiles.input(id))
                .map(input -> input.orElseThrow().etag());
    }
}

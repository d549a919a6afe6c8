package io.freshet.gateway.jobs;

import io.freshet.failure.Permanent;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Quoted;
import io.freshet.message.JobDocument;
import io.freshet.message.JobDocument.Circumstances;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Clock;
import java.util.Optional;

/** Jobs as they stand. */
@Singleton
public final class JobQueries {
    private final RunStore store;
    private final BlobStore blobs;
    private final Clock clock;
    private final String container;

    JobQueries(
            RunStore store,
            BlobStore blobs,
            Clock clock,
            @ConfigProperty(name = "freshet.storage.container") String container) {
        this.store = store;
        this.blobs = blobs;
        this.clock = clock;
        this.container = container;
    }

    /** The run of this id; fails with a problem that names the text if there is none. */
    public Uni<Run> run(String id) {
        return find(id(id)).map(found -> found.filter(r -> !r.isDeleted()).orElseThrow(() -> unknown(id)));
    }

    /** Throws a problem that names the text if it can be no job's. */
    static RunId id(String text) {
        return RunId.read(text).orElseThrow(() -> unknown(text));
    }

    /** Like the store's; a document that cannot be read is no fault of the request. */
    Uni<Optional<Run>> find(RunId id) {
        return store.find(id)
                .onFailure(Permanent.class)
                .transform(t -> new IllegalStateException("The document of run " + id + " cannot be read", t));
    }

    Uni<JobDocument> document(String id) {
        return run(id).flatMap(this::document);
    }

    /** With the number of parts in work: the leases among the first 5,000 open parts. */
    Uni<JobDocument> document(Run run) {
        return active(run).map(active -> JobDocument.of(run, new Circumstances(container, active, clock.instant())));
    }

    private Uni<Integer> active(Run run) {
        return run.state() instanceof RunState.Running || run.state() instanceof RunState.Suspended
                ? blobs.list(RunFiles.indexes(run.id()), Listing.of(Detail.PLAIN))
                        .map(page -> (int)
                                page.entries().stream().filter(BlobInfo::leased).count())
                : Uni.createFrom().item(0);
    }

    static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemType.JOB_NOT_FOUND, "There is no job " + Quoted.of(id) + ", or it was deleted");
    }
}

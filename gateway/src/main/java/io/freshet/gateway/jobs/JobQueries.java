package io.freshet.gateway.jobs;

import io.freshet.failure.Permanent;
import io.freshet.gateway.access.Caller;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Quoted;
import io.freshet.job.JobDocument;
import io.freshet.job.JobDocument.Circumstances;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Clock;
import java.util.Optional;

/** Looks up jobs. */
@Singleton
public final class JobQueries {
    private final RunStore store;
    private final PartsInFlight inFlight;
    private final Clock clock;
    private final String container;

    JobQueries(
            RunStore store,
            PartsInFlight inFlight,
            Clock clock,
            @ConfigProperty(name = "freshet.storage.container") String container) {
        this.store = store;
        this.inFlight = inFlight;
        this.clock = clock;
        this.container = container;
    }

    /** The run of this id; fails with a problem that names the text if there is none. */
    Uni<Run> run(String id) {
        return find(id(id)).map(found -> found.filter(r -> !r.isDeleted()).orElseThrow(() -> unknown(id)));
    }

    /** As {@link #run(String)}; a job that the caller may not see does not exist. */
    public Uni<Run> run(String id, Caller caller) {
        return run(id).map(run -> {
            if (!caller.maySee(run.spec().owner())) {
                throw unknown(id);
            }
            return run;
        });
    }

    /** Throws a problem that names the text if it cannot be a job's id. */
    static RunId id(String text) {
        return RunId.read(text).filter(id -> !id.isStep()).orElseThrow(() -> unknown(text));
    }

    /** Like the store's; a document that cannot be read is not the request's fault. */
    Uni<Optional<Run>> find(RunId id) {
        return store.find(id)
                .onFailure(Permanent.class)
                .transform(t -> new IllegalStateException("The document of run " + id + " cannot be read", t));
    }

    Uni<JobDocument> document(String id) {
        return run(id).flatMap(this::document);
    }

    Uni<JobDocument> document(String id, Caller caller) {
        return run(id, caller).flatMap(this::document);
    }

    /** With the number of parts in flight, as it was a moment ago. */
    Uni<JobDocument> document(Run run) {
        return inFlight.count(run)
                .map(active -> JobDocument.of(run, new Circumstances(container, active, clock.instant())));
    }

    static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemType.JOB_NOT_FOUND, "There is no job " + Quoted.of(id) + ", or it was deleted");
    }
}

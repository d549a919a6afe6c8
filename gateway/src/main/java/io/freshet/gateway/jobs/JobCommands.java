package io.freshet.gateway.jobs;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.message.JobDocument;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.InputSecrets;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.function.UnaryOperator;

/** What a user can tell a job to do. The document changes at once; the watcher is told to see to the rest. */
@Singleton
final class JobCommands {
    private final RunStore store;
    private final JobQueries queries;
    private final Release release;
    private final Clock clock;

    JobCommands(RunStore store, JobQueries queries, Release release, Clock clock) {
        this.store = store;
        this.queries = queries;
        this.release = release;
        this.clock = clock;
    }

    Uni<JobDocument> cancel(String id) {
        return command(id, run -> run.cancel("canceled by a user", clock));
    }

    Uni<JobDocument> suspend(String id) {
        return command(id, run -> run.suspend(clock));
    }

    Uni<JobDocument> resume(String id) {
        return command(id, run -> run.resume(clock));
    }

    Uni<JobDocument> rerunFailed(String id) {
        return queries.run(id)
                .invoke(run -> run.rerunFailed(clock))
                .invoke(JobCommands::checkInput)
                .flatMap(run -> reopen(run.id(), r -> r.rerunFailed(clock)))
                .flatMap(queries::document);
    }

    /** The SAS went when the run ended. */
    private static void checkInput(Run run) {
        if (InputSecrets.isNeeded(run)) {
            throw new ProblemException(
                    ProblemType.ILLEGAL_STATE,
                    "Job " + run.id() + " has read its input with a SAS, which was not kept when the job ended:"
                            + " submit it again, with a SAS that is valid");
        }
    }

    /** Deleting what is being deleted is fine; what is gone, or never was, fails with a problem that names the text. */
    Uni<Void> delete(String id) {
        RunId run = JobQueries.id(id);
        return queries.find(run)
                .map(found -> found.orElseThrow(() -> JobQueries.unknown(id)))
                .chain(() -> reopen(run, r -> r.delete(clock)))
                .onFailure(JobCommands::isGone)
                .transform(t -> JobQueries.unknown(id))
                .replaceWithVoid();
    }

    private Uni<Run> reopen(RunId run, UnaryOperator<Run> change) {
        return store.reopen(run, change).call(() -> release.announce(run));
    }

    private Uni<JobDocument> command(String id, UnaryOperator<Run> change) {
        return queries.run(id)
                .chain(run -> store.update(run.id(), change))
                .call(run -> release.announce(run.id()))
                .flatMap(queries::document);
    }

    private static boolean isGone(Throwable t) {
        return FreshetException.is(t, FailureCode.NOT_FOUND);
    }
}

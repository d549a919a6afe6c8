package io.freshet.gateway.jobs;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.gateway.access.Caller;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.job.JobDocument;
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

    Uni<JobDocument> cancel(String id, Caller caller) {
        return command(id, caller, run -> run.cancel("canceled by a user", clock));
    }

    Uni<JobDocument> suspend(String id, Caller caller) {
        return command(id, caller, run -> run.suspend(clock));
    }

    Uni<JobDocument> resume(String id, Caller caller) {
        return command(id, caller, run -> run.resume(clock));
    }

    Uni<JobDocument> rerunFailed(String id, Caller caller) {
        return commanded(id, caller)
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
    Uni<Void> delete(String id, Caller caller) {
        RunId run = JobQueries.id(id);
        return queries.find(run)
                .map(found ->
                        found.filter(r -> caller.maySee(r.spec().owner())).orElseThrow(() -> JobQueries.unknown(id)))
                .invoke(found -> refuseForeign(found, caller))
                .chain(() -> reopen(run, r -> r.delete(clock)))
                .onFailure(JobCommands::isGone)
                .transform(t -> JobQueries.unknown(id))
                .replaceWithVoid();
    }

    private Uni<Run> reopen(RunId run, UnaryOperator<Run> change) {
        return store.reopen(run, change).call(() -> release.announce(run));
    }

    private Uni<JobDocument> command(String id, Caller caller, UnaryOperator<Run> change) {
        return commanded(id, caller)
                .chain(run -> store.update(run.id(), change))
                .call(run -> release.announce(run.id()))
                .flatMap(queries::document);
    }

    private Uni<Run> commanded(String id, Caller caller) {
        return queries.run(id, caller).invoke(run -> refuseForeign(run, caller));
    }

    private static void refuseForeign(Run run, Caller caller) {
        if (!caller.mayCommand(run.spec().owner())) {
            throw new ProblemException(
                    ProblemType.NOT_ALLOWED,
                    "Job " + run.id() + " was not submitted by " + caller.name()
                            + ": only who has submitted a job, or an admin, may command it");
        }
    }

    private static boolean isGone(Throwable t) {
        return FreshetException.is(t, FailureCode.NOT_FOUND);
    }
}

package io.freshet.gateway.jobs;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.gateway.access.Caller;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.job.JobDocument;
import io.freshet.job.JobStatus;
import io.freshet.queue.WatcherNotifier;
import io.freshet.run.IllegalTransition;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.storage.InputSecrets;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

import java.time.Clock;
import java.util.function.UnaryOperator;

/** What a user can tell a job to do. The document changes at once; the watcher is told, and does the rest. */
@Singleton
final class JobCommands {
    private final RunStore store;
    private final JobQueries queries;
    private final WatcherNotifier watcher;
    private final Clock clock;

    JobCommands(RunStore store, JobQueries queries, Clock clock, @Channel("control") MutinyEmitter<String> control) {
        this.store = store;
        this.queries = queries;
        this.clock = clock;
        this.watcher = new WatcherNotifier(control::send);
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
                .flatMap(queries::document)
                .onFailure(IllegalTransition.class)
                .transform(JobCommands::notNow);
    }

    /** The SAS was removed when the run ended. */
    private static void checkInput(Run run) {
        if (InputSecrets.isNeeded(run)) {
            throw new ProblemException(
                    ProblemType.ILLEGAL_STATE,
                    "Job " + run.id() + " has read its input with a SAS, which was not kept when the job ended:"
                            + " submit it again, with a SAS that is valid");
        }
    }

    /** Deleting a job twice is fine; one that is gone, or never was, fails with a problem that names the id. */
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
        return store.reopen(run, change).call(() -> watcher.runChanged(run));
    }

    private Uni<JobDocument> command(String id, Caller caller, UnaryOperator<Run> change) {
        return commanded(id, caller)
                .chain(run -> store.update(run.id(), change))
                .call(run -> watcher.runChanged(run.id()))
                .flatMap(queries::document)
                .onFailure(IllegalTransition.class)
                .transform(JobCommands::notNow);
    }

    private Uni<Run> commanded(String id, Caller caller) {
        return queries.run(id, caller).invoke(run -> refuseForeign(run, caller));
    }

    private static void refuseForeign(Run run, Caller caller) {
        if (!caller.mayCommand(run.spec().owner())) {
            throw new ProblemException(
                    ProblemType.NOT_ALLOWED,
                    "Job " + run.id() + " was not submitted by " + caller.name()
                            + ": only the principal who submitted a job, or an admin, may command it");
        }
    }

    private static ProblemException notNow(Throwable failure) {
        IllegalTransition e = (IllegalTransition) failure;
        return new ProblemException(
                ProblemType.ILLEGAL_STATE,
                "Job " + e.id() + " is " + JobStatus.of(e.state()) + ": cannot " + e.operation() + " it; "
                        + possible(e));
    }

    private static String possible(IllegalTransition e) {
        boolean rerun = e.operation().equals("rerun");
        return switch (e.state()) {
            case RunState.Pending s -> "it can be suspended, canceled or deleted";
            case RunState.Running s -> "it can be suspended, canceled or deleted";
            case RunState.Suspended s -> "it can be resumed, canceled or deleted";
            case RunState.Finalizing s -> "it is being merged, and can be canceled or deleted";
            case RunState.Repeatable s -> "its failed parts can be rerun, or it can be deleted";
            case RunState.Finished s -> rerun ? "to have it computed again, submit it again" : "it can be deleted";
        };
    }

    private static boolean isGone(Throwable t) {
        return FreshetException.is(t, FailureCode.NOT_FOUND);
    }
}

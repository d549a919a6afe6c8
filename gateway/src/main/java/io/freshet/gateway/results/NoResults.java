package io.freshet.gateway.results;

import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.job.JobDocument;
import io.freshet.job.JobStatus;
import io.freshet.run.Run;
import io.freshet.run.RunState;

import java.time.Duration;

/** Why there is nothing to download, and what the client can do about it. */
final class NoResults {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    private static final String RERUN = "POST /jobs/%s/rerun?failedOnly=true computes what failed again";

    private NoResults() {}

    static ProblemException notFinished(Run run, RunState.Unfinished state) {
        String progress = state instanceof RunState.Finalizing
                ? "it is being merged"
                : run.progress().settled() + " of " + run.itemCount() + " parts are settled";
        return ProblemException.retryable(
                ProblemType.NOT_FINISHED,
                "Job " + run.id() + " is " + JobStatus.of(state) + ": " + progress,
                ASK_AGAIN);
    }

    static ProblemException without(Run run, RunState.Finished state) {
        String remedy = state instanceof RunState.Repeatable ? ". " + RERUN.formatted(run.id()) : "";
        return new ProblemException(
                ProblemType.NO_RESULTS,
                "Job " + run.id() + " is " + JobStatus.of(state) + " and has no merged results: "
                        + JobDocument.reason(run) + remedy);
    }

    /** @param number of a part that is not done */
    static ProblemException part(Run run, int number) {
        String part = "Part " + number + " of job " + run.id();
        if (run.progress().failed().contains(number - 1)) {
            return new ProblemException(ProblemType.NO_RESULTS, part + " has failed" + why(run, number) + remedy(run));
        }
        return run.isUnfinished()
                ? ProblemException.retryable(ProblemType.NOT_FINISHED, part + " is not done yet", ASK_AGAIN)
                : new ProblemException(
                        ProblemType.NO_RESULTS, part + " was not computed: the job is " + JobStatus.of(run.state()));
    }

    /** The reasons of the first failures are kept. */
    private static String why(Run run, int number) {
        return run.progress().failures().stream()
                .filter(failure -> failure.item() == number - 1)
                .map(failure -> ": " + failure.reason())
                .findFirst()
                .orElse("");
    }

    private static String remedy(Run run) {
        String when = run.isUnfinished() ? "when the job has ended, " : "";
        return ". "
                + (run.state() instanceof RunState.Canceled
                        ? "Submit it again"
                        : capital(when + RERUN.formatted(run.id())));
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}

package io.freshet.system.check;

import io.freshet.harness.api.Job;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.system.cluster.Topic;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that has to hold after a run, whatever died in it. A workload begins with one, says what each of its jobs has come to,
 * and asks for the rest at the end:
 *
 * <ol>
 *   <li>results and errors are, byte for byte, those of a single pass;
 *   <li>the job's document has the right state and exact counts;
 *   <li>nothing is left that anybody would work on, nothing half written; nothing at all of a deleted run;
 *   <li>nobody complained;
 * </ol>
 *
 * <p>and where the history of all requests is known:
 *
 * <ol>
 *   <li>its end was published, not before the results could be read, and for no run that did not end;
 *   <li>no request changed anything of a run after it had ended, but for what a worker had in hand when it was canceled;
 *   <li>it ended within a few of the watcher's passes;
 *   <li>no message was deleted while its part was open, of a job that nobody commands;
 *   <li>no lease is left.
 * </ol>
 */
public final class Checker {
    /** Passes of the watcher, one a second, until a run ends when nothing holds it up any more. */
    public static final int MAX_PASSES = 12;

    public static final int MAX_PASSES_WITH_HIDDEN_WORK = MAX_PASSES + TestedFreshet.WORK_HIDDEN;

    private final JobCheck jobs;
    private final RestCheck rest;
    private final Optional<HistoryCheck> history;

    private Checker(TestedFreshet freshet, Optional<HistoryCheck> history) {
        this.jobs = new JobCheck(freshet.storage());
        this.rest = new RestCheck(freshet);
        this.history = history;
    }

    /** Of what can be seen from outside. What happens from now on counts. */
    public static Checker of(TestedFreshet freshet) {
        return new Checker(freshet, Optional.empty());
    }

    /**
     * Of the history as well, of a Freshet behind proxies that publishes to this topic. What happens from now on counts.
     *
     * @param maxPasses of the watcher, until a run has to end whose services all work again
     */
    public static Checker withHistory(TestedFreshet freshet, Topic topic, int maxPasses) {
        return new Checker(freshet, Optional.of(new HistoryCheck(freshet, topic, maxPasses)));
    }

    /** The last fault is over, the services are back: the run has to end soon from here. */
    public void repaired() {
        known(HistoryCheck::repaired);
    }

    /** Waits for the job's end and checks it. */
    public void ended(Job job, Outcome outcome) {
        jobs.ended(job, outcome);
        known(check -> check.ended(job, outcome));
    }

    /**
     * Checks of a job that nobody commands that no message was deleted while its part was open: not done, not marked
     * for a failure, and claimed by nobody else.
     */
    public void acknowledged(Job job) {
        known(check -> check.acknowledged(job));
    }

    /** Waits until no run is looked after any more, and nothing is left of uploads that never became one. */
    public void swept() {
        rest.awaitSwept();
    }

    /** A user has the job run again: it may change. */
    public void reopened(Job job) {
        known(check -> check.reopened(job));
    }

    /** Waits until nothing is left of a deleted job. */
    public void gone(Job job) {
        known(check -> check.gone(job));
        jobs.gone(job);
    }

    /** Nothing more is expected: everything is at rest, and has been left alone since it ended. */
    public void atRest() {
        rest.atRest();
        known(HistoryCheck::atRest);
    }

    /**
     * Prints what went wrong and the history that led to it, with every request since the beginning: that is too long for a
     * message. Gives what went wrong in one line.
     */
    public String report(Object trial, Throwable cause) {
        String requests = history.map(HistoryCheck::text).orElse("");
        System.err.println("FAILED: " + trial + ": " + cause + "\n" + requests);
        return trial + ": " + cause.toString().replaceAll("\\s+", " ");
    }

    private void known(Consumer<HistoryCheck> check) {
        history.ifPresent(check);
    }
}

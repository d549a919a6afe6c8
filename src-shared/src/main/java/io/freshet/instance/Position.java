package io.freshet.instance;

import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** How far an instance has come; independent of whether it is suspended. */
public sealed interface Position {

    /** Nobody has asked the orchestration yet. */
    record NotBegun() implements Position {}

    /**
     * A run computes a step. Whoever finds no such run yet starts it: the document comes first.
     *
     * @param number 1-based
     * @param generation which execution of the run it is: 1, and one more for each rewind
     */
    record InStep(int number, RunId run, int generation, Step step) implements Position {}

    /**
     * Between steps, until an event comes.
     *
     * @param steps how many steps have been done
     * @param event name of the event, compared without case
     * @param due when it is waited for no longer; absent: for ever
     */
    record Waiting(int steps, String event, @Nullable Instant due) implements Position {}

    /**
     * The orchestration has yet to say what comes next: nobody has asked it, or it threw.
     *
     * @param cause JSON text of what came last, under "step" or "event"; an empty object when a wait timed out
     */
    record Undecided(int steps, String cause) implements Position {}

    /** Nothing is left to be done. */
    record Ended() implements Position {}

    /**
     * What a step computes.
     *
     * @param function name of the computation
     */
    record Step(String function, Inputs inputs) {}
}

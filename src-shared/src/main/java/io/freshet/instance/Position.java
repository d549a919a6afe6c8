package io.freshet.instance;

import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** How far an instance has got, regardless of whether it is suspended. */
public sealed interface Position {

    /** The orchestration has not been asked yet. */
    record NotBegun() implements Position {}

    /**
     * A run computes a step. The document is written first, so the run may have yet to be started.
     *
     * @param number 1-based
     * @param generation execution of the run: 1, plus one for each rewind
     */
    record InStep(int number, RunId run, int generation, Step step) implements Position {}

    /**
     * Between steps, waiting for an event.
     *
     * @param steps how many steps have been done
     * @param event name of the event, case-insensitive
     * @param due when the wait times out; absent: never
     */
    record Waiting(int steps, String event, @Nullable Instant due) implements Position {}

    /**
     * The orchestration has yet to decide what comes next: it has not been asked, or it threw an exception.
     *
     * @param cause JSON text of what happened last, under "step" or "event"; an empty object after a time-out
     */
    record Undecided(int steps, String cause) implements Position {}

    /** Nothing is left to do. */
    record Ended() implements Position {}

    /**
     * What a step computes.
     *
     * @param function name of the computation
     */
    record Step(String function, Inputs inputs) {}
}

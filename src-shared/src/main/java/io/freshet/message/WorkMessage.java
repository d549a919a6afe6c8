package io.freshet.message;

import io.freshet.run.Part;
import io.freshet.run.RunId;

/** Wakes a worker (queue {@code input}). It carries all that is needed to claim; storage decides whether it still holds. */
public sealed interface WorkMessage {
    RunId run();

    /**
     * A part waits for a worker.
     *
     * @param attempts those that had failed when the message was sent
     */
    record ComputePart(RunId run, Part part, int attempts) implements WorkMessage {}

    /**
     * All parts are settled: merge the results.
     *
     * @param generation execution of the run that is to be merged, 1 for the first
     */
    record MergeResults(RunId run, int generation) implements WorkMessage {}
}

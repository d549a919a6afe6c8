package io.freshet.message;

import io.freshet.run.RunId;
import io.freshet.run.WorkItem;

/** Wakes a worker. It carries all that is needed to claim; storage decides whether it still holds. */
public sealed interface WorkMessage {
    /** An input that is longer is read from its blob: a message stays far below 64 KiB, whatever its characters. */
    int LONGEST_DATA = 4 * 1024;

    RunId run();

    /**
     * An item waits for a worker.
     *
     * @param attempts those that had failed when the message was sent
     */
    record ComputeItem(RunId run, WorkItem item, int attempts) implements WorkMessage {}

    /**
     * All items are settled: merge the results.
     *
     * @param generation execution of the run that is to be merged, 1 for the first
     */
    record MergeResults(RunId run, int generation) implements WorkMessage {}
}

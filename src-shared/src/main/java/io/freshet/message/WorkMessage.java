package io.freshet.message;

import io.freshet.run.RunId;
import io.freshet.run.WorkItem;

/** Wakes a worker. It carries everything needed for a claim; storage decides whether it is still valid. */
public sealed interface WorkMessage {
    /** Longer inputs are read from their blobs, so that a message stays far below 64 KiB, whatever its characters. */
    int LONGEST_DATA = 4 * 1024;

    RunId run();

    /**
     * An item is waiting for a worker.
     *
     * @param attempts failed attempts at the time the message was sent
     */
    record ComputeItem(RunId run, WorkItem item, int attempts) implements WorkMessage {}

    /**
     * All items are settled: merge the results.
     *
     * @param generation execution of the run that is to be merged, 1 for the first
     */
    record MergeResults(RunId run, int generation) implements WorkMessage {}
}

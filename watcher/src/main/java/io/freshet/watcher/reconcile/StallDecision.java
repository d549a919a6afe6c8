package io.freshet.watcher.reconcile;

import io.freshet.run.Run;

/** What to do about a run without progress. */
final class StallDecision {
    /**
     * This few open items are listed by one small request, and a nearly finished run should not wait for an interval.
     */
    static final int FEW = 32;

    private StallDecision() {}

    /**
     * Whether to check storage for outcomes that events have missed.
     *
     * @param suspicious whether there has been no progress for a while
     */
    static boolean mayHaveMissedOutcomes(Run run, boolean suspicious) {
        return !run.isSettled() && (suspicious || run.remaining() <= FEW);
    }

    /**
     * Whether messages may have been lost.
     *
     * @param still number of reconcile intervals without progress
     */
    static boolean mayHaveLost(Run run, long still) {
        return run.acceptsWork() && !run.isSettled() && run.isStalled(still);
    }

    /**
     * Whether messages have been lost.
     *
     * @param depth number of messages in the queue, of all runs
     */
    static boolean haveLost(Run run, int depth) {
        return depth < run.outstanding();
    }
}

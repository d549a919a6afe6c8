package io.freshet.watcher.reconcile;

import io.freshet.run.Run;

/** What a standstill says. */
final class StallDecision {
    /** So few open items are listed by one small request, and a run that is nearly done should not wait for an interval. */
    static final int FEW = 32;

    private StallDecision() {}

    /**
     * Whether storage should be asked what events have not told.
     *
     * @param suspicious whether nothing has moved for long
     */
    static boolean mayHaveMissedOutcomes(Run run, boolean suspicious) {
        return !run.isSettled() && (suspicious || run.remaining() <= FEW);
    }

    /**
     * Whether messages may have been lost.
     *
     * @param still for how many reconcile intervals nothing has moved
     */
    static boolean mayHaveLost(Run run, long still) {
        return run.acceptsWork() && !run.isSettled() && run.isStalled(still);
    }

    /**
     * Whether messages have been lost.
     *
     * @param depth messages in the queue, of whatever run
     */
    static boolean haveLost(Run run, int depth) {
        return depth < run.outstanding();
    }
}

package io.freshet.worker.settlement;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;

/** What happens to an item after a failed attempt. */
enum FailureVerdict {
    /** This worker is stopping: the item is handed back, and the attempt does not count. */
    HAND_BACK,
    /** Losing the claim or storage is not the fault of the item: it is retried, and the attempt does not count. */
    RETRY,
    /** The item is at fault: it is retried, and the attempt counts. */
    COUNT_AND_RETRY,
    /** The item fails for good. */
    GIVE_UP;

    /** What an attempt held. */
    enum Holding {
        /** The claim: nobody else may change anything about the item. */
        CLAIM,
        /** Nothing: the item did not fail, and we must not mark it; its message is kept. */
        NOTHING
    }

    /**
     * @param attempt number of this attempt, from 1
     * @param most maximum number of attempts on an item
     */
    record Attempts(int attempt, int most) {
        boolean areUsedUp() {
            return attempt >= most;
        }
    }

    /** While the worker is stopping, a failure may be caused by that and means nothing. */
    static FailureVerdict of(Throwable failure, Attempts attempts, Holding holding, boolean stopping) {
        if (stopping) {
            return HAND_BACK;
        }
        if (holding == Holding.NOTHING) {
            return RETRY;
        }
        if (failure instanceof Permanent) {
            return GIVE_UP;
        }
        if (FreshetException.is(failure, FailureCode.COMPUTATION_FAILED)) {
            return attempts.areUsedUp() ? GIVE_UP : COUNT_AND_RETRY;
        }
        return RETRY;
    }
}

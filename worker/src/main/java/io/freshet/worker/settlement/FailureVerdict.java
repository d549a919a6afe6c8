package io.freshet.worker.settlement;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;

/** What becomes of an item whose attempt has failed. */
enum FailureVerdict {
    /** This worker stops: the item is given back, and the attempt is none. */
    HAND_BACK,
    /** Losing the claim or the storage says nothing about the item: it comes again, and the attempt is none. */
    RETRY,
    /** The item is to blame: it comes again, and the attempt counts. */
    COUNT_AND_RETRY,
    /** The item fails for good. */
    GIVE_UP;

    /** What an attempt had. */
    enum Holding {
        /** Nobody but us may say anything about the item. */
        CLAIM,
        /** What failed is not the item, and we may not speak for it: it has to stay with its message. */
        NOTHING
    }

    /**
     * @param attempt number of this attempt, from 1
     * @param most attempts that an item has
     */
    record Attempts(int attempt, int most) {
        boolean areUsedUp() {
            return attempt >= most;
        }
    }

    /** While the worker stops, a failure may be the stop's own: it says nothing. */
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

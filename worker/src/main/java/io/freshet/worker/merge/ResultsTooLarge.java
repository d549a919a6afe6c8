package io.freshet.worker.merge;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.RunId;

/** The outputs fill more blocks than a blob may have, and merging them in groups does not make them fewer. */
final class ResultsTooLarge extends Permanent {

    ResultsTooLarge(RunId run, long bytes) {
        super(
                FailureCode.STORAGE_REFUSED,
                "The results of run " + run + " are too large for one blob: " + bytes + " bytes");
    }
}

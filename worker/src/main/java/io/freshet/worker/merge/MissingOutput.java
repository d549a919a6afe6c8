package io.freshet.worker.merge;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.RunId;

/** Someone removed the output of a part that is done. */
final class MissingOutput extends Permanent {

    /** @param part 1-based */
    MissingOutput(RunId run, int part) {
        super(FailureCode.NOT_FOUND, "The output of part " + part + " of run " + run + " is not in storage any more");
    }
}

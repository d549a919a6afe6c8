package io.freshet.worker.settlement;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.worker.settlement.FailureVerdict.Attempts;
import io.freshet.worker.settlement.FailureVerdict.Holding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a failure means, as a table. An item has three attempts. */
class FailureVerdictTest {

    @ParameterizedTest(name = "{0}, attempt {1}, holding {2}, stopping {3}: {4}")
    @CsvSource({
        // the item is to blame
        "COMPUTATION, 1, CLAIM, false, COUNT_AND_RETRY",
        "COMPUTATION, 2, CLAIM, false, COUNT_AND_RETRY",
        "COMPUTATION, 3, CLAIM, false, GIVE_UP",
        "COMPUTATION, 4, CLAIM, false, GIVE_UP",
        // nothing can help
        "PERMANENT, 1, CLAIM, false, GIVE_UP",
        "PERMANENT, 3, CLAIM, false, GIVE_UP",
        // the surroundings are to blame, however often
        "STORAGE, 1, CLAIM, false, RETRY",
        "STORAGE, 9, CLAIM, false, RETRY",
        "LEASE, 3, CLAIM, false, RETRY",
        "UNKNOWN, 3, CLAIM, false, RETRY",
        // nobody without a claim says anything about an item
        "COMPUTATION, 3, NOTHING, false, RETRY",
        "PERMANENT, 1, NOTHING, false, RETRY",
        "STORAGE, 1, NOTHING, false, RETRY",
        "UNKNOWN, 1, NOTHING, false, RETRY",
        // while the worker stops, a failure may be the stop's own
        "COMPUTATION, 3, CLAIM, true, HAND_BACK",
        "PERMANENT, 1, CLAIM, true, HAND_BACK",
        "STORAGE, 1, CLAIM, true, HAND_BACK",
        "PERMANENT, 1, NOTHING, true, HAND_BACK",
        "UNKNOWN, 1, NOTHING, true, HAND_BACK"
    })
    void theVerdict(Kind kind, int attempt, Holding holding, boolean stopping, FailureVerdict verdict) {
        assertThat(FailureVerdict.of(kind.failure, new Attempts(attempt, 3), holding, stopping))
                .isEqualTo(verdict);
    }

    enum Kind {
        COMPUTATION(new Transient(FailureCode.COMPUTATION_FAILED, "exit code 3", null)),
        PERMANENT(new Permanent(FailureCode.LINE_TOO_LONG, "a line is too long")),
        STORAGE(new Transient(FailureCode.STORAGE_UNAVAILABLE, "503", null)),
        LEASE(new Transient(FailureCode.LEASE_LOST, "lost", null)),
        UNKNOWN(new IllegalStateException("a mistake of ours"));

        private final Throwable failure;

        Kind(Throwable failure) {
            this.failure = failure;
        }
    }
}

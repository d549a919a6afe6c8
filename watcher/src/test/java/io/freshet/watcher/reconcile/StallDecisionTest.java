package io.freshet.watcher.reconcile;

import io.freshet.run.Dispatch;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;

import static org.assertj.core.api.Assertions.assertThat;

class StallDecisionTest {
    private static final Clock CLOCK = SampleRuns.at(50);

    @ParameterizedTest(name = "{0} parts open, suspicious: {1}: asked for: {2}")
    @CsvSource({"1, false, true", "32, false, true", "33, false, false", "33, true, true", "0, true, false"})
    void storageIsAskedOnSuspicionOrForTheLastFew(int open, boolean suspicious, boolean asked) {
        assertThat(StallDecision.mayHaveMissedOutcomes(run(open), suspicious)).isEqualTo(asked);
    }

    @ParameterizedTest(name = "repeated {0} times, still for {1} intervals: {2}")
    @CsvSource({"0, 0, false", "0, 1, true", "1, 1, false", "1, 2, true", "3, 7, false", "3, 8, true", "20, 64, true"})
    void messagesMayBeLostWhenNothingMovesAtGrowingDistances(int repeats, long still, boolean lost) {
        Run run = run(4).dispatched(Dispatch.ALL, CLOCK);
        for (int i = 0; i < repeats; i++) {
            run = run.repeated(CLOCK);
        }

        assertThat(StallDecision.mayHaveLost(run, still)).isEqualTo(lost);
    }

    @Test
    void nothingIsLostOfARunThatTakesNoWorkOrHasSentNothing() {
        Run sent = run(4).dispatched(Dispatch.ALL, CLOCK);

        assertThat(StallDecision.mayHaveLost(run(4), 100)).isFalse();
        assertThat(StallDecision.mayHaveLost(sent.suspend(CLOCK), 100)).isFalse();
        assertThat(StallDecision.mayHaveLost(sent.delete(CLOCK), 100)).isFalse();
        assertThat(StallDecision.mayHaveLost(run(0).dispatched(Dispatch.ALL, CLOCK), 100))
                .isFalse();
    }

    @Test
    void messagesAreLostIfTheQueueHoldsFewerThanThereShouldBe() {
        Run run = run(20).dispatched(9, CLOCK);
        int out = run.outstanding();

        assertThat(out).isBetween(1, 19);
        assertThat(StallDecision.haveLost(run, out)).isFalse();
        assertThat(StallDecision.haveLost(run, out - 1)).isTrue();
    }

    private static Run run(int parts) {
        return SampleRuns.pending(parts).start(CLOCK);
    }
}

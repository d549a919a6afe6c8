package io.freshet.watcher.reconcile;

import io.freshet.run.Dispatch;
import io.freshet.run.ItemOutcome;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class WindowDecisionTest {
    private static final Clock CLOCK = SampleRuns.at(50);

    @ParameterizedTest(name = "{0} of 90 parts sent, {1} of them settled, window {2}: {3} more")
    @CsvSource({
        "0, 0, 8, 8", // nothing has been sent
        "8, 0, 8, 0", // the window is full
        "8, 1, 8, 0", // a refill is worth a quarter of the window
        "8, 2, 8, 2",
        "8, 8, 8, 8",
        "90, 50, 8, 0", // everything has been sent
        "1, 0, 1, 0",
        "1, 1, 1, 1",
        "12, 0, 8, 0" // the window was larger once
    })
    void aWindowIsRefilledWhenAQuarterOfItIsSettled(int sent, int settled, int window, int room) {
        assertThat(WindowDecision.room(run(sent, settled), window)).isEqualTo(room);
    }

    @Test
    void nothingIsSentForARunThatTakesNoWork() {
        Run run = run(0, 0);

        assertThat(WindowDecision.room(run.suspend(CLOCK), 8)).isZero();
        assertThat(WindowDecision.room(run.cancel("a reason", CLOCK), 8)).isZero();
        assertThat(WindowDecision.room(run.delete(CLOCK), 8)).isZero();
    }

    @Test
    void aResumedRunIsSentAgainFromTheBeginning() {
        Run resumed = run(8, 2).suspend(CLOCK).resume(CLOCK);

        assertThat(resumed.sent().isEmpty()).isTrue();
        assertThat(WindowDecision.room(resumed, 8)).isEqualTo(8);
    }

    /** Parts 10 to 99: their names sort as their numbers do. */
    private static Run run(int sent, int settled) {
        Run run = SampleRuns.pending(99).start(CLOCK).apply(outcomes(0, 9), CLOCK);
        if (sent == 0) {
            return run;
        }
        int[] order = IntStream.range(9, 99).toArray();
        Run dispatched = run.dispatched(sent == order.length ? Dispatch.ALL : inOrder(sent), CLOCK);
        return dispatched.apply(firstSent(dispatched, settled), CLOCK);
    }

    private static List<ItemOutcome> firstSent(Run run, int settled) {
        return run.sent()
                .minus(run.progress().done())
                .items()
                .limit(settled)
                .<ItemOutcome>mapToObj(SampleRuns::done)
                .toList();
    }

    /** The item at which so many of the parts 10 to 99 have been sent. */
    private static int inOrder(int sent) {
        return 8 + sent;
    }

    private static List<ItemOutcome> outcomes(int from, int to) {
        return IntStream.range(from, to).<ItemOutcome>mapToObj(SampleRuns::done).toList();
    }
}

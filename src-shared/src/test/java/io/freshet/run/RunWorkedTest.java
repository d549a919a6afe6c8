package io.freshet.run;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.freshet.run.SampleRuns.at;
import static io.freshet.run.SampleRuns.done;
import static io.freshet.run.SampleRuns.failed;
import static org.assertj.core.api.Assertions.assertThat;

/** The time that a run was worked on, which its rate and its estimated end come from. A sample run starts at 10 s. */
class RunWorkedTest {

    @Test
    void aRunningRunIsBeingWorkedOn() {
        assertThat(worked(SampleRuns.running(), 15)).isEqualTo(5);
    }

    @Test
    void aPendingRunIsNot() {
        assertThat(worked(SampleRuns.pending(), 15)).isZero();
    }

    @Test
    void suspensionDoesNotCountWhereNothingIsDoneInIt() {
        Run resumed = SampleRuns.suspended().resume(at(100));

        assertThat(worked(SampleRuns.suspended(), 90)).isEqualTo(10);
        assertThat(worked(resumed, 105)).isEqualTo(15);
        assertThat(worked(resumed.apply(done(0, 4), at(105)).settle(at(110)), 200))
                .isEqualTo(20);
    }

    @Test
    void suspensionCountsUntilTheLastItemInProgressIsSettled() {
        Run first = SampleRuns.suspended().apply(List.of(done(0)), at(23));
        Run second = first.apply(List.of(failed(1)), at(27));

        assertThat(worked(first, 90)).isEqualTo(13);
        assertThat(worked(second, 90)).isEqualTo(17);
        assertThat(worked(second.resume(at(100)), 101)).isEqualTo(18);
    }

    @Test
    void whatWasKnownBeforeASuspensionAddsNothingInIt() {
        Run known = SampleRuns.running().apply(List.of(done(0)), at(15)).suspend(at(20));

        assertThat(worked(known.apply(List.of(done(0)), at(30)), 90)).isEqualTo(10);
        assertThat(worked(known.apply(List.of(done(1)), at(30)), 90)).isEqualTo(20);
    }

    @Test
    void aRunThatIsCanceledWasWorkedOnUntilThen() {
        assertThat(worked(SampleRuns.canceled(), 90)).isEqualTo(20);
        assertThat(worked(SampleRuns.suspended().cancel("enough", at(60)), 90)).isEqualTo(10);
    }

    @Test
    void aRerunGoesOnCounting() {
        Run again = SampleRuns.completedWithErrors().rerunFailed(at(50)).start(at(60));

        assertThat(worked(again, 63)).isEqualTo(22 + 3);
    }

    @Test
    void aClockThatIsBehindTakesNothingAway() {
        assertThat(worked(SampleRuns.running(), 5)).isZero();
        assertThat(worked(SampleRuns.suspended().apply(List.of(done(0)), at(5)), 90))
                .isEqualTo(10);
    }

    private static long worked(Run run, long second) {
        Duration worked = run.worked(at(second).instant());
        return worked.toSeconds();
    }
}

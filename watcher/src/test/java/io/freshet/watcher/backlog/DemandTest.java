package io.freshet.watcher.backlog;

import io.freshet.run.Items.Source;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.run.SampleSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.List;

import static io.freshet.run.SampleRuns.at;
import static org.assertj.core.api.Assertions.assertThat;

/** All sample runs may work on two items at once. */
class DemandTest {
    private static final Instant LATER = SampleRuns.SUBMITTED.plusSeconds(1_000);
    private static final Location ELSEWHERE = new Location.Burst(LATER, 50, "virtual-nodes");

    @Test
    void noMoreIsWantedAtOnceThanTheRunMayHave() {
        assertThat(wanted(SampleRuns.running())).isEqualTo(2);
    }

    @Test
    void theLastItemIsWantedUntilItIsSettled() {
        Run run = SampleRuns.running().apply(SampleRuns.done(0, 3), at(30));

        assertThat(wanted(run)).isEqualTo(1);
    }

    @Test
    void anItemThatIsTriedAgainIsWanted() {
        Run run = SampleRuns.completedWithErrors().rerunFailed(at(50)).start(at(51));

        assertThat(wanted(run)).isEqualTo(1);
    }

    @Test
    void aStepOfAnOrchestrationCounts() {
        assertThat(wanted(SampleSteps.running(new Source.Generated(1_000)))).isEqualTo(2);
    }

    @Test
    void aRunForWhichNobodyHasDecidedYetWakesNobody() {
        assertThat(wanted(SampleRuns.pending())).isZero();
    }

    @Test
    void aRunThatIsPlacedAndNotStartedWakesWorkers() {
        assertThat(wanted(placed(SampleRuns.pending(), new Location.Cluster(null))))
                .isEqualTo(2);
    }

    @Test
    void aSettledRunThatNobodyHasLookedAtKeepsAWorker() {
        Run run = SampleRuns.running().apply(SampleRuns.done(0, 4), at(30));

        assertThat(wanted(run)).isEqualTo(1);
    }

    @Test
    void theMergeCounts() {
        assertThat(wanted(SampleRuns.finalizing())).isEqualTo(1);
    }

    @Test
    void anEmptyRunWakesNobody() {
        Run empty = SampleRuns.pending(0).start(at(10));

        assertThat(wanted(empty)).isZero();
        assertThat(wanted(empty.settle(at(11)))).isZero();
    }

    @Test
    void aRunOnServerlessNodesWakesNobodyHere() {
        assertThat(wanted(placed(SampleRuns.running(), ELSEWHERE))).isZero();
        assertThat(wanted(placed(SampleRuns.suspended(), ELSEWHERE))).isZero();
    }

    @Test
    void aRunThatFellBackWakesWorkers() {
        Run run = placed(SampleRuns.running(), new Location.FellBack(LATER, "no quota"));

        assertThat(wanted(run)).isEqualTo(2);
    }

    @Test
    void theMergeOfARunOnServerlessNodesWakesSomebodyWhenTheWatcherHasNotMadeIt() {
        Demand merge = Demand.of(placed(SampleRuns.finalizing(), ELSEWHERE));

        assertThat(merge.at(SampleRuns.finalizing().state().since().plusMillis(1_999)))
                .isZero();
        assertThat(merge.at(LATER)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("ended")
    void aRunThatHasEndedWantsNothing(Run run) {
        assertThat(wanted(run)).isZero();
    }

    static List<Run> ended() {
        return List.of(
                SampleRuns.completed(),
                SampleRuns.completedWithErrors(),
                SampleRuns.failed(),
                SampleRuns.canceled(),
                SampleRuns.running().delete(at(30)));
    }

    private static int wanted(Run run) {
        return Demand.of(run).at(LATER);
    }

    private static Run placed(Run run, Location location) {
        return new Run(
                run.id(), run.spec(), run.state(), run.progress(), run.dispatch(), location, run.timeline(), null);
    }
}

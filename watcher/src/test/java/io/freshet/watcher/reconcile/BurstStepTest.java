package io.freshet.watcher.reconcile;

import io.freshet.items.ItemIndex;
import io.freshet.run.BurstLimits;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunSpec;
import io.freshet.run.RunState;
import io.freshet.run.SampleRuns;
import io.freshet.watcher.reconcile.BurstJobs.News;
import io.freshet.watcher.reconcile.BurstObservation.Ended;
import io.freshet.watcher.reconcile.BurstObservation.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

import static io.freshet.watcher.reconcile.FakeBurstJobs.active;
import static org.assertj.core.api.Assertions.assertThat;

/** A run of eight parts, four pods at most, and what becomes of them. */
class BurstStepTest {
    private static final String JOB = SampleRuns.ID.toString();
    private static final Duration TIMEOUT = Duration.ofSeconds(61);

    private final Lab lab = new Lab();
    private final ReconcilerLab looks = new ReconcilerLab(lab);

    @BeforeEach
    void thereIsACluster() {
        lab.jobs.obstacle = Optional.empty();
    }

    @Test
    void aLargeRunGetsAJobAndNoMessages() {
        burst();

        assertThat(lab.stored().location()).isEqualTo(new Location.Burst(lab.clock.instant(), 4, "v1"));
        assertThat(lab.jobs.orders.get(JOB).pods()).isEqualTo(4);
        assertThat(lab.queue.sent).isEmpty();
    }

    @Test
    void aSmallRunStaysInTheCluster() {
        lab.submitted(5);

        look();

        assertThat(lab.stored().location()).isEqualTo(new Location.Cluster(null));
        assertThat(lab.queue.sent).hasSize(5);
        assertThat(lab.jobs.calls).isEmpty();
    }

    @Test
    void theDecisionIsWrittenBeforeTheJobIsMade() {
        lab.jobs.answers = false;
        burst();
        assertThat(lab.stored().location()).isInstanceOf(Location.Burst.class);

        lab.jobs.answers = true;
        look();

        assertThat(lab.jobs.orders).containsKey(JOB);
    }

    @Test
    void aRunWhosePodsRunIsLeftAlone() {
        burst();
        lab.jobs.allRun(JOB);
        lab.jobs.calls.clear();

        look();
        lab.clock.advance(TIMEOUT);
        look();

        assertThat(lab.jobs.calls).isEmpty();
        assertThat(lab.queue.sent).isEmpty();
    }

    @Test
    void partOfABurstGoesOnWithFewerPodsAndSaysWhy() {
        burst();
        lab.jobs.seen.put(JOB, active(4, Stage.RUNNING, Stage.COMING, Stage.REFUSED, Stage.REFUSED));

        look();

        Location.Burst burst = (Location.Burst) lab.stored().location();
        assertThat(burst.parallelism()).isEqualTo(2);
        assertThat(burst.reason()).isEqualTo("2 of 4 pods on v1 nodes: Reason");
        assertThat(lab.jobs.calls).contains("lower " + JOB + " to 2");
        assertThat(lab.jobs.told).extracting(News::reason).containsExactly("BurstLowered");
        assertThat(lab.queue.sent).isEmpty();
    }

    @Test
    void ifNoPodComesTheClusterTakesOverAtTheTimeoutAndNotBefore() {
        burst();
        lab.jobs.seen.put(JOB, active(4, Stage.COMING, Stage.COMING, Stage.COMING, Stage.COMING));
        look();
        lab.clock.advance(Duration.ofSeconds(59));
        look();
        assertThat(lab.queue.sent).isEmpty();

        lab.clock.advance(Duration.ofSeconds(2));
        look();

        assertThat(((Location.FellBack) lab.stored().location()).reason())
                .isEqualTo("no pod runs on virtual nodes: Reason");
        assertThat(lab.queue.parts()).hasSize(8);
        assertThat(lab.jobs.orders).isEmpty();
    }

    @Test
    void aRefusalOfAllPodsIsBelievedAtOnceAndRemembered() {
        burst();
        lab.jobs.seen.put(JOB, active(4, Stage.REFUSED, Stage.REFUSED, Stage.REFUSED, Stage.REFUSED));

        look();

        assertThat(lab.stored().location()).isInstanceOf(Location.FellBack.class);
        assertThat(lab.room.pods()).isZero();
        lab.clock.advance(Duration.ofMinutes(5));
        assertThat(lab.room.pods()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void runsThatBeginAfterARefusalStartWithWhatWasAccepted() {
        lab.room.accepted(2);

        burst();

        assertThat(lab.jobs.orders.get(JOB).pods()).isEqualTo(2);
    }

    @Test
    void runsThatBeginAfterAllWasRefusedStayInTheCluster() {
        lab.room.accepted(0);

        burst();

        assertThat(lab.jobs.calls).isEmpty();
        assertThat(lab.queue.parts()).hasSize(8);
        assertThat(((Location.Cluster) lab.stored().location()).reason()).contains("no capacity");
    }

    @Test
    void aRunThatNeedsGpusWaitsForThemAndSaysSo() {
        lab.submitted(8);
        lab.change(BurstStepTest::withGpus);
        look();
        assertThat(lab.jobs.orders.get(JOB).nodes()).isEqualTo(BurstLimits.GPU_NODES);
        lab.jobs.seen.put(JOB, active(2, Stage.COMING, Stage.COMING));
        look();
        lab.clock.advance(TIMEOUT);

        look();
        look();

        assertThat(((Location.Burst) lab.stored().location()).reason())
                .isEqualTo("no pod runs on nodes with GPUs: Reason");
        assertThat(lab.jobs.orders).hasSize(1);
        assertThat(lab.jobs.told).hasSize(1);
        assertThat(lab.queue.sent).isEmpty();
    }

    private static Run withGpus(Run run) {
        RunSpec.Placement placement = new RunSpec.Placement(2, RunSpec.Burst.BY_SIZE, "K80", 1);
        RunSpec spec = new RunSpec(run.spec().handler(), run.spec().items(), null, placement, null);
        return Run.submitted(run.id(), spec, SampleRuns.SUBMITTED);
    }

    @Test
    void aJobWithoutPodsSaysByItsWarningsWhy() {
        burst();
        lab.jobs.warning = Optional.of("FailedCreate");
        look();
        lab.clock.advance(TIMEOUT);

        look();

        assertThat(lab.stored().location())
                .isEqualTo(new Location.FellBack(lab.clock.instant(), "no pod runs on virtual nodes: FailedCreate"));
    }

    @Test
    void aJobThatIsRefusedIsNotTriedAgain() {
        lab.jobs.refusal = Optional.of("the namespace's quota is used up");

        burst();

        assertThat(((Location.FellBack) lab.stored().location()).reason()).endsWith("the namespace's quota is used up");
        assertThat(lab.queue.parts()).hasSize(8);
    }

    @Test
    void aClusterThatIsAwayCostsARunATimeoutAndOthersNothing() {
        lab.jobs.answers = false;
        burst();
        lab.clock.advance(TIMEOUT);

        look();

        assertThat(lab.stored().location()).isInstanceOf(Location.FellBack.class);
        assertThat(lab.queue.parts()).hasSize(8);
    }

    @Test
    void anEndedJobWithManyOpenPartsIsFollowedByAnother() {
        burst();
        lab.jobs.seen.put(JOB, new Ended(true, null));

        look();

        Location.Burst burst = (Location.Burst) lab.stored().location();
        assertThat(burst.round()).isEqualTo(2);
        assertThat(lab.jobs.orders).containsOnlyKeys(JOB + "-2");
        assertThat(lab.queue.sent).isEmpty();
    }

    @Test
    void anEndedJobWithFewOpenPartsLeavesThemToTheCluster() {
        Run run = burst();
        for (int item = 0; item < 6; item++) {
            lab.worked(run, item);
        }
        lab.jobs.seen.put(JOB, new Ended(true, null));

        look();

        assertThat(lab.stored().location()).isInstanceOf(Location.FellBack.class);
        assertThat(lab.queue.parts()).containsExactly(7, 8);
    }

    @Test
    void aJobThatNeverWorkedIsNotFollowedByAnother() {
        burst();
        lab.jobs.seen.put(JOB, new Ended(false, "DeadlineExceeded"));

        look();

        assertThat(((Location.FellBack) lab.stored().location()).reason()).contains("DeadlineExceeded");
    }

    @Test
    void partsThatAreInWorkAreNobodyElses() {
        Run run = burst();
        for (int item = 0; item < 8; item++) {
            lab.lease(run, item);
        }
        lab.jobs.seen.put(JOB, new Ended(true, null));

        look();

        assertThat(lab.stored().location()).isEqualTo(run.location());
    }

    @Test
    void aSuspendedRunSuspendsItsJobAndAResumedOneGoesOnWithIt() {
        burst();
        lab.jobs.allRun(JOB);
        lab.change(run -> run.suspend(lab.clock));
        look();
        assertThat(lab.jobs.seen.get(JOB)).isInstanceOf(BurstObservation.Suspended.class);

        lab.change(run -> run.resume(lab.clock));
        look();

        assertThat(lab.jobs.calls).contains("resume " + JOB);
        assertThat(lab.queue.sent).isEmpty();
    }

    @Test
    void aRunThatWasSuspendedBeforeItBeganBurstsWhenItIsResumed() {
        lab.submitted(8);
        lab.change(run -> run.suspend(lab.clock).resume(lab.clock));

        look();

        assertThat(lab.jobs.orders).containsKey(JOB);
    }

    @Test
    void aCanceledRunLeavesNoJob() {
        burst();
        lab.change(run -> run.cancel("canceled by a user", lab.clock));

        look();

        assertThat(lab.jobs.orders).isEmpty();
    }

    @Test
    void aDeletedRunLeavesNoJob() {
        burst();
        lab.change(run -> run.delete(lab.clock));

        look();

        assertThat(lab.jobs.orders).isEmpty();
        assertThat(lab.find()).isEmpty();
    }

    @Test
    void aRerunBurstsUnderAnotherNameAndOpensWhatFailed() {
        Run run = lab.running(8);
        for (int item = 0; item < 8; item++) {
            lab.index(run, ItemIndex.open(Lab.part(item)).attempted().failed("broken"));
        }
        lab.change(r -> r.apply(DispatchStepTest.failures(8), lab.clock)
                .settle(lab.clock)
                .end(lab.clock)
                .rerunFailed(lab.clock));

        look();

        assertThat(lab.jobs.orders).containsOnlyKeys(JOB + "-g2");
        assertThat(Lab.now(lab.layouts.of(run).claimable(run).collect().asList()))
                .hasSize(8);
        assertThat(lab.queue.sent).isEmpty();
    }

    @Test
    void aBurstIsDoneWhenItsPartsAre() {
        Run run = burst();
        for (int item = 0; item < 8; item++) {
            lab.worked(run, item);
        }

        look();

        assertThat(lab.stored().state()).isInstanceOf(RunState.Completed.class);
        assertThat(lab.jobs.orders).isEmpty();
    }

    @Test
    void whatIsLeftWhileTheClusterWasAwayIsSweptAndWhatIsNeededIsNot() {
        burst();
        BurstSweep sweep = new BurstSweep(lab.store, lab.jobs, lab.moves());
        Lab.now(sweep.sweep());
        assertThat(lab.jobs.orders).hasSize(1);
        lab.jobs.answers = false;
        lab.change(run -> run.cancel("canceled by a user", lab.clock));
        look();
        lab.jobs.answers = true;
        assertThat(lab.jobs.orders).hasSize(1);

        Lab.now(sweep.sweep());

        assertThat(lab.jobs.orders).isEmpty();
    }

    @Test
    void aLargeMergeHasAJobAndNoMessageUntilNobodyTakesIt() {
        lab.canCopy = false;
        Run run = burst();
        for (int item = 0; item < 8; item++) {
            lab.worked(run, item);
        }
        look();
        assertThat(lab.jobs.orders).containsKey(JOB + "-finalizer");
        assertThat(lab.queue.sent).isEmpty();

        look();
        lab.clock.advance(Lab.INTERVAL);
        look();

        assertThat(lab.queue.sent).hasSize(1);
    }

    private Run burst() {
        lab.submitted(8);
        look();
        return lab.stored();
    }

    private void look() {
        Lab.now(looks.reconciler().reconcile(SampleRuns.ID));
    }
}

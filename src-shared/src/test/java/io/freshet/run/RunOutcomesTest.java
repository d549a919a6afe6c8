package io.freshet.run;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.freshet.run.SampleRuns.at;
import static io.freshet.run.SampleRuns.done;
import static io.freshet.run.SampleRuns.failed;
import static org.assertj.core.api.Assertions.assertThat;

class RunOutcomesTest {

    @Test
    void applyingTheSameOutcomesAgainChangesNothing() {
        Run once = SampleRuns.running().apply(done(0, 2), at(20));

        assertThat(once.apply(done(0, 2), at(21))).isSameAs(once);
        assertThat(once.apply(List.of(), at(21))).isSameAs(once);
    }

    @Test
    void aDuplicateWithinOneBatchCountsOnce() {
        Run run = SampleRuns.running().apply(List.of(done(1), done(1)), at(20));

        assertThat(run.progress().tally().lines()).isEqualTo(10);
        assertThat(run.progress().settled()).isEqualTo(1);
    }

    @Test
    void theOrderOfOutcomesDoesNotMatter() {
        Run forth = SampleRuns.running().apply(List.of(done(0), done(1), failed(2)), at(20));
        Run back = SampleRuns.running().apply(List.of(failed(2), done(1), done(0)), at(20));

        assertThat(back).isEqualTo(forth);
    }

    @Test
    void anOutputAfterAFailureWins() {
        Run run = SampleRuns.running().apply(List.of(failed(1)), at(20)).apply(List.of(done(1)), at(21));

        assertThat(run.progress().failed()).isEqualTo(ItemSet.EMPTY);
        assertThat(run.progress().done()).isEqualTo(ItemSet.of(1));
    }

    @Test
    void aFailureAfterAnOutputIsNoNews() {
        Run run = SampleRuns.running().apply(List.of(done(1)), at(20));

        assertThat(run.apply(List.of(failed(1)), at(21))).isSameAs(run);
    }

    @Test
    void aFailureAndAnOutputInOneBatchAreAnOutput() {
        Run run = SampleRuns.running().apply(List.of(failed(1), done(1)), at(20));

        assertThat(run.progress().failed()).isEqualTo(ItemSet.EMPTY);
        assertThat(run.progress().done()).isEqualTo(ItemSet.of(1));
    }

    @Test
    void aSuspendedRunStillLearnsWhatItsWorkersFinish() {
        Run run = SampleRuns.suspended().apply(done(0, 2), at(30));

        assertThat(run.progress().settled()).isEqualTo(2);
        assertThat(run.state()).isInstanceOf(RunState.Suspended.class);
    }

    @Test
    void outcomesOfARunThatIsNotOpenAreIgnored() {
        List<Run> closed = List.of(
                SampleRuns.pending(),
                SampleRuns.finalizing(),
                SampleRuns.completed(),
                SampleRuns.completedWithErrors(),
                SampleRuns.failed(),
                SampleRuns.canceled());

        assertThat(closed)
                .allSatisfy(run -> assertThat(run.apply(done(0, 4), at(50))).isSameAs(run));
    }

    @Test
    void itemsThatTheRunDoesNotHaveAreIgnored() {
        Run run = SampleRuns.running();

        assertThat(run.apply(List.of(done(SampleRuns.ITEMS), done(-1)), at(20))).isSameAs(run);
    }

    @Test
    void aRunIsSettledWhenEveryItemIsDoneOrFailed() {
        Run almost = SampleRuns.running().apply(done(0, 3), at(20));

        assertThat(almost.isSettled()).isFalse();
        assertThat(almost.apply(List.of(failed(3)), at(21)).isSettled()).isTrue();
    }

    @Test
    void rejectedLinesAloneLeaveARunComplete() {
        Run run = SampleRuns.completed();

        assertThat(run.progress().tally().rejectedLines()).isEqualTo(4);
        assertThat(run.state()).isInstanceOf(RunState.Completed.class);
    }

    @Test
    void aFailedItemMakesARunCompleteWithErrors() {
        Run run = SampleRuns.completedWithErrors();

        assertThat(run.state())
                .isEqualTo(
                        new RunState.CompletedWithErrors(SampleRuns.SUBMITTED.plusSeconds(40), "1 of 4 items failed"));
        assertThat(run.progress().failures()).containsExactly(failed(3));
    }

    @Test
    void aRunWithoutAnyOutputHasFailed() {
        Run run = SampleRuns.failed();

        assertThat(run.state()).isInstanceOf(RunState.Failed.class);
        assertThat(run.progress().failures()).hasSize(4);
    }

    @Test
    void aMergeThatCannotBeDoneFailsTheRun() {
        Run run = SampleRuns.finalizing().failMerge("an output is gone", at(50));

        assertThat(run.state())
                .isEqualTo(new RunState.Failed(SampleRuns.SUBMITTED.plusSeconds(50), "an output is gone"));
    }

    @Test
    void aRunWithoutItemsIsSettledAndCompletes() {
        Run empty = SampleRuns.pending(0).start(at(1));

        assertThat(empty.settle(at(2)).end(at(3)).state()).isInstanceOf(RunState.Completed.class);
    }

    @Test
    void aRunIsStalledWhenNothingMovesAndMoreSlowlyEachTime() {
        Run sent = SampleRuns.running().dispatched(Dispatch.ALL, at(10));
        Run repeated = sent.repeated(at(50));

        assertThat(sent.isStalled(0)).isFalse();
        assertThat(sent.isStalled(1)).isTrue();
        assertThat(repeated.isStalled(1)).isFalse();
        assertThat(repeated.isStalled(2)).isTrue();
        assertThat(SampleRuns.running().isStalled(1_000)).isFalse();
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.items.ItemIndex;
import io.freshet.run.Dispatch;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OutcomesStepTest {
    private static final int MANY = StallDecision.FEW + 8;

    private final Lab lab = new Lab();

    @Test
    void outputsThatNobodyReportedAreFoundWhenFewPartsAreLeft() {
        Run run = sent(4);
        lab.worked(run, 2);

        Run found = take(run);

        assertThat(found.progress().done()).isEqualTo(ItemSet.of(2));
        assertThat(found.progress().tally().lines()).isEqualTo(10);
        assertThat(lab.stored()).isEqualTo(found);
    }

    @Test
    void partsThatFailedUnheardAreFound() {
        Run run = sent(4);
        lab.index(run, ItemIndex.open(Lab.part(1)).failed("broken"));

        Run found = take(run);

        assertThat(found.progress().failed()).isEqualTo(ItemSet.of(1));
        assertThat(found.progress().failures()).singleElement().asString().contains("broken");
    }

    @Test
    void aLargeRunThatMovesIsNotListed() {
        Run run = sent(MANY);
        lab.worked(run, 0);
        lab.calls.clear();

        assertThat(take(run)).isEqualTo(run);
        lab.clock.advance(Lab.INTERVAL);
        assertThat(take(lab.done(run, 1)).progress().done()).isEqualTo(ItemSet.of(1));

        assertThat(lab.calls).doesNotContain("list");
    }

    @Test
    void aLargeRunThatStandsStillIsAskedForAtGrowingDistances() {
        Run run = sent(MANY);
        take(run);
        lab.calls.clear();

        for (int interval = 0; interval < 16; interval++) {
            lab.clock.advance(Lab.INTERVAL);
            take(run);
        }

        assertThat(lab.calls).filteredOn("list"::equals).hasSize(5);
    }

    @Test
    void aSuspendedRunIsToldOfPartsThatWereInFlight() {
        Run run = sent(4);
        lab.worked(run, 3);
        Run suspended = lab.change(r -> r.suspend(lab.clock));

        assertThat(take(suspended).progress().done()).isEqualTo(ItemSet.of(3));
    }

    @Test
    void failuresOfAnEarlierExecutionCountOnceTheirPartIsSentAgain() {
        Run run = sent(2);
        lab.index(run, ItemIndex.open(Lab.part(0)).failed("broken"));
        lab.change(r -> r.apply(List.of(SampleRuns.failed(0), SampleRuns.failed(1)), lab.clock)
                .settle(lab.clock)
                .end(lab.clock));
        Run repeated = lab.change(r -> r.rerunFailed(lab.clock).start(lab.clock));

        assertThat(take(repeated).progress().failed()).isEqualTo(ItemSet.EMPTY);

        Run sent = lab.change(r -> r.dispatched(Dispatch.ALL, lab.clock));
        assertThat(take(sent).progress().failed()).isEqualTo(ItemSet.of(0));
    }

    @Test
    void aSettledRunIsNotListed() {
        Run run = lab.done(sent(2), 0, 1);
        lab.calls.clear();

        assertThat(take(run)).isEqualTo(run);
        assertThat(lab.calls).isEmpty();
    }

    private Run sent(int parts) {
        lab.running(parts);
        return lab.change(run -> run.dispatched(Dispatch.ALL, lab.clock));
    }

    private Run take(Run run) {
        return Lab.next(lab.outcomes().take(run));
    }
}

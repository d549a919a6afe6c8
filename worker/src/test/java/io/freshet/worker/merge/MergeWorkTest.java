package io.freshet.worker.merge;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.items.MergeIndex;
import io.freshet.message.ControlMessage;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.worker.WorkerLab;
import io.freshet.worker.settlement.Settlement;
import io.freshet.worker.settlement.SettlementLab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static io.freshet.worker.WorkerLab.now;
import static org.assertj.core.api.Assertions.assertThat;

/** The merge of a run whose second part has failed. */
class MergeWorkTest {
    private final SettlementLab lab = new SettlementLab((lines, results) -> {});
    private final WorkerLab worker = lab.worker;
    private final MergeWork merges = MergeLab.merges(lab);

    @BeforeEach
    void settle() {
        worker.put("output_1.json", "one\n");
        worker.put("output_2.json", "left over\n");
        worker.put("output_3.json", "three\n");
        worker.change(run -> run.apply(
                        List.of(done(0), new ItemOutcome.Failed(1, "exit code 3"), done(2)), WorkerLab.CLOCK)
                .settle(WorkerLab.CLOCK));
        open();
    }

    private void open() {
        now(worker.storage.put(
                MergeIndex.name(worker.run.id()), List.of(), MergeIndex.open().attributes(), Condition.IF_ABSENT));
    }

    private static ItemOutcome.Done done(int item) {
        return new ItemOutcome.Done(item, new Tally(1, 0));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void theOutputsOfDoneItemsAreJoinedInOrder() {
        assertThat(attempt(1)).isEqualTo(new Settlement.Done());

        assertThat(worker.text("results.json")).isEqualTo("one\nthree\n");
        assertThat(worker.exists("ctrl_merge")).isFalse();
        assertThat(attempt(1)).isInstanceOf(Settlement.Dropped.class);
    }

    @Test
    void theMergeOfAnotherExecutionIsNotWanted() {
        assertThat(attempt(2)).isInstanceOf(Settlement.Dropped.class);

        assertThat(worker.exists("results.json")).isFalse();
    }

    @Test
    void aRunThatIsStillRunningIsNotMerged() {
        Run running = worker.change(run -> worker.run);

        assertThat(running.acceptsMerge()).isFalse();
        assertThat(attempt(1)).isInstanceOf(Settlement.Dropped.class);
        assertThat(worker.exists("results.json")).isFalse();
    }

    @Test
    void oneWorkerMerges() {
        worker.claiming.claim(MergeIndex.name(worker.run.id()));

        assertThat(attempt(1)).isInstanceOf(Settlement.Dropped.class);
        assertThat(worker.exists("results.json")).isFalse();
    }

    @Test
    void resultsOfThisExecutionAreLeftAsTheyAre() {
        results(1, "merged before\n");

        assertThat(attempt(1)).isEqualTo(new Settlement.Done());

        assertThat(worker.text("results.json")).isEqualTo("merged before\n");
        assertThat(worker.exists("ctrl_merge")).isFalse();
    }

    @Test
    void resultsOfAnEarlierExecutionAreReplaced() {
        results(0, "an earlier merge\n");

        assertThat(attempt(1)).isEqualTo(new Settlement.Done());

        assertThat(worker.text("results.json")).isEqualTo("one\nthree\n");
    }

    @Test
    void anOutputThatIsGoneFailsTheMergeAndNamesThePart() {
        now(worker.storage.delete(WorkerLab.name("output_3.json"), null));

        assertThat(attempt(1)).isInstanceOf(Settlement.GivenUp.class);

        assertThat(failure()).contains("part 3").contains("no longer in storage");
        assertThat(worker.told).containsExactly(new ControlMessage.RunChanged(worker.run.id()));
    }

    @Test
    void aRefusalOutsideTheClaimIsTriedAgain() {
        Permanent refused = new Permanent(FailureCode.STORAGE_REFUSED, "403");
        worker.fail("acquireLease", refused);

        assertThat(attempt(1)).isEqualTo(new Settlement.Retry(refused));
        assertThat(failure()).isNull();
    }

    @Test
    void aWorkerThatStopsHandsTheMergeBack() {
        worker.claims().abandonAll();
        worker.fail("describe", new Permanent(FailureCode.STORAGE_REFUSED, "403"));

        assertThat(attempt(1)).isEqualTo(new Settlement.HandedBack());
    }

    private String failure() {
        return MergeIndex.of(now(worker.storage.describe(MergeIndex.name(worker.run.id())))
                        .orElseThrow())
                .failure();
    }

    private void results(int generation, String text) {
        worker.put("results.json", text);
        now(worker.storage.setMetadata(
                WorkerLab.name("results.json"), Map.of("generation", Integer.toString(generation)), null));
    }

    private Settlement attempt(int generation) {
        return now(merges.attempt(worker.run.id(), generation));
    }
}

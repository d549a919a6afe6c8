package io.freshet.worker.settlement;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.items.ItemIndex;
import io.freshet.items.ResultsBlocks;
import io.freshet.message.ControlMessage;
import io.freshet.message.WorkMessage.ComputeItem;
import io.freshet.storage.BlobStore.Block;
import io.freshet.worker.WorkerLab;
import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.execution.Results;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.freshet.worker.WorkerLab.now;
import static org.assertj.core.api.Assertions.assertThat;

/** An attempt from claim to settlement. Parts are counted from 0, their blobs from 1. */
class ItemAttemptTest {
    private static final Permanent REFUSED = new Permanent(FailureCode.STORAGE_REFUSED, "403");
    private static final Transient BROKEN = new Transient(FailureCode.COMPUTATION_FAILED, "exit code 3", null);

    private final List<Step> steps = new ArrayList<>();
    private final SettlementLab lab = new SettlementLab(this::compute);
    private final WorkerLab worker = lab.worker;
    private int computed;

    private interface Step {
        void take() throws Exception;
    }

    /** Puts out what comes in, after what the test wants to happen meanwhile. */
    private void compute(Lines lines, Results results) throws Exception {
        computed++;
        for (Step step : steps) {
            step.take();
        }
        for (Line line = lines.next(); line != null; line = lines.next()) {
            results.write(line.text() + "!");
        }
    }

    private void meanwhile(Step step) {
        steps.add(step);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void anItemIsComputedOnceAndLeavesNothingToClaim() {
        assertThat(first(1)).isEqualTo(new Settlement.Done());

        assertThat(worker.text("output_2.json")).isEqualTo("line 2!\n");
        assertThat(worker.index(1)).isNull();
        assertThat(worker.index(0)).isNotNull();
        assertThat(lab.registry.counter("freshet.lines").count()).isEqualTo(1);
        assertThat(first(1)).isInstanceOf(Settlement.Dropped.class);
        assertThat(again(1)).isInstanceOf(Settlement.Dropped.class);
        assertThat(computed).isEqualTo(1);
    }

    @Test
    void aRunThatTakesNoWorkHasNone() {
        worker.change(run -> run.suspend(WorkerLab.CLOCK));

        assertThat(first(0)).isInstanceOf(Settlement.Dropped.class);
        assertThat(again(0)).isInstanceOf(Settlement.Dropped.class);
        assertThat(computed).isZero();
        assertThat(worker.index(0)).isEqualTo(ItemIndex.open(WorkerLab.part(0)));
    }

    @Test
    void whatAnotherWorkerHoldsIsItsOwn() {
        worker.claiming.claim(worker.layout.index(worker.run, WorkerLab.part(0)));

        assertThat(first(0)).isInstanceOf(Settlement.Dropped.class);
        assertThat(again(0)).isInstanceOf(Settlement.Dropped.class);
        assertThat(computed).isZero();
    }

    @Test
    void anOutputThatIsThereIsNotComputedAgain() {
        worker.put("output_1.json", "earlier\n");

        assertThat(again(0)).isEqualTo(new Settlement.Done());

        assertThat(computed).isZero();
        assertThat(worker.index(0)).isNull();
        assertThat(worker.text("output_1.json")).isEqualTo("earlier\n");
    }

    @Test
    void theFirstOutputStaysWhoeverWroteIt() {
        meanwhile(() -> worker.put("output_1.json", "faster\n"));

        assertThat(first(0)).isEqualTo(new Settlement.Done());

        assertThat(worker.text("output_1.json")).isEqualTo("faster\n");
        assertThat(worker.index(0)).isNull();
    }

    @Test
    void anAttemptThatFailsIsCountedAndTheItemFree() {
        meanwhile(() -> {
            throw BROKEN;
        });

        assertThat(first(0)).isEqualTo(new Settlement.Retry(BROKEN));

        assertThat(worker.index(0)).isEqualTo(ItemIndex.open(WorkerLab.part(0)).attempted());
        assertThat(worker.exists("output_1.json")).isFalse();
        assertThat(again(0)).isEqualTo(new Settlement.Retry(BROKEN));
        assertThat(computed).isEqualTo(2);
    }

    @Test
    void theLastAttemptThatFailsFailsTheItem() {
        worker.record(attempts(WorkerLab.ATTEMPTS - 1));
        meanwhile(() -> {
            throw BROKEN;
        });

        assertThat(again(0)).isEqualTo(new Settlement.GivenUp("exit code 3"));

        assertThat(worker.index(0).failure()).isEqualTo("exit code 3");
        assertThat(worker.told).containsExactly(new ControlMessage.ItemFailed(worker.run.id(), 0, "exit code 3"));
        assertThat(again(0)).isInstanceOf(Settlement.Dropped.class);
    }

    @Test
    void whatCanNeverSucceedFailsAtOnce() {
        meanwhile(() -> {
            throw new Permanent(FailureCode.LINE_TOO_LONG, "a line is too long");
        });

        assertThat(first(0)).isEqualTo(new Settlement.GivenUp("a line is too long"));

        assertThat(worker.index(0).failure()).isEqualTo("a line is too long");
    }

    @Test
    void anItemThatKillsItsWorkersIsNotComputedForEver() {
        worker.record(attempts(WorkerLab.ATTEMPTS));

        assertThat(again(0)).isInstanceOf(Settlement.GivenUp.class);

        assertThat(computed).isZero();
        assertThat(worker.index(0).failure()).contains("the last worker died");
    }

    @Test
    void aDeathIsRecordedBeforeTheNextAttemptBegins() {
        worker.claiming.claim(worker.layout.index(worker.run, WorkerLab.part(0)));
        now(worker.storage.breakLease(worker.layout.index(worker.run, WorkerLab.part(0))));
        meanwhile(() -> assertThat(worker.index(0).attempts()).isEqualTo(1));

        assertThat(again(0)).isEqualTo(new Settlement.Done());
    }

    @Test
    void storageThatDoesNotAnswerIsNoAttempt() {
        Transient away = new Transient(FailureCode.STORAGE_UNAVAILABLE, "503", null);
        worker.fail("put", away);

        assertThat(first(0)).isEqualTo(new Settlement.Retry(away));

        assertThat(worker.index(0)).isEqualTo(ItemIndex.open(WorkerLab.part(0)));
    }

    @Test
    void aRefusalOutsideAClaimKeepsTheMessageOfTheItemThatStaysOpen() {
        for (String call : List.of("acquireLease", "read")) {
            worker.fail(call, REFUSED);

            assertThat(first(0)).as(call).isEqualTo(new Settlement.Retry(REFUSED));
            assertThat(again(0)).as(call).isEqualTo(new Settlement.Retry(REFUSED));
        }

        assertThat(worker.told).isEmpty();
    }

    @Test
    void aDocumentThatCannotBeReadKeepsTheMessage() {
        worker.put("run.json", "{");

        assertThat(first(0)).isInstanceOf(Settlement.Retry.class);
    }

    @Test
    void aFailureThatCannotBeMarkedKeepsTheMessage() {
        worker.fail("setMetadata", REFUSED);
        meanwhile(() -> {
            throw new Permanent(FailureCode.LINE_TOO_LONG, "a line is too long");
        });

        assertThat(first(0)).isInstanceOf(Settlement.Retry.class);
        assertThat(worker.index(0).isOpen()).isTrue();
    }

    @Test
    void whoeverHasLostTheClaimSaysNothingAboutTheItem() {
        meanwhile(() -> {
            now(worker.storage.breakLease(worker.layout.index(worker.run, WorkerLab.part(0))));
            throw new Permanent(FailureCode.LINE_TOO_LONG, "a line is too long");
        });

        assertThat(first(0)).isInstanceOf(Settlement.Retry.class);
        assertThat(worker.index(0).isOpen()).isTrue();
        assertThat(worker.told).isEmpty();
    }

    @Test
    void aWorkerThatStopsHandsBackWhatItHasAndCountsNothing() {
        meanwhile(() -> {
            worker.claims().abandonAll();
            throw new InterruptedException();
        });

        assertThat(first(0)).isEqualTo(new Settlement.HandedBack());

        assertThat(worker.index(0)).isEqualTo(ItemIndex.open(WorkerLab.part(0)));
    }

    @Test
    void aRunThatWasDeletedMeanwhileKeepsNothing() {
        meanwhile(() -> {
            worker.change(run -> run.delete(WorkerLab.CLOCK));
            String index = worker.layout.index(worker.run, WorkerLab.part(0));
            now(worker.storage.breakLease(index));
            now(worker.storage.delete(index, null));
        });

        assertThat(first(0)).isInstanceOf(Settlement.Dropped.class);

        assertThat(worker.exists("output_1.json")).isFalse();
    }

    @Test
    void theOutputIsABlockOfTheResultsBeforeTheClaimEnds() {
        assertThat(first(1)).isEqualTo(new Settlement.Done());

        assertThat(now(worker.storage.blockList(WorkerLab.name("results.json"))))
                .containsExactly(new Block(ResultsBlocks.id(1), "line 2!\n".length(), false));
        assertThat(worker.exists("results.json")).isFalse();
    }

    @Test
    void anOutputThatIsFoundIsABlockOfTheResultsToo() {
        worker.put("output_1.json", "earlier\n");

        assertThat(again(0)).isEqualTo(new Settlement.Done());

        assertThat(now(worker.storage.blockList(WorkerLab.name("results.json"))))
                .containsExactly(new Block(ResultsBlocks.id(0), "earlier\n".length(), false));
    }

    @Test
    void anItemIsDoneWithoutABlockOfTheResults() {
        worker.fail("stageBlockFrom", REFUSED);

        assertThat(first(0)).isEqualTo(new Settlement.Done());

        assertThat(worker.index(0)).isNull();
        assertThat(now(worker.storage.blockList(WorkerLab.name("results.json"))))
                .isEmpty();
    }

    private static ItemIndex attempts(int count) {
        return new ItemIndex(WorkerLab.part(0), count, null);
    }

    private Settlement first(int item) {
        return now(lab.attempts.first(worker.message(item)));
    }

    private Settlement again(int item) {
        ComputeItem message = worker.message(item);
        return now(lab.attempts.again(message));
    }
}

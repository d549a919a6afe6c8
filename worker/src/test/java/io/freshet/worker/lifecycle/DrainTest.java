package io.freshet.worker.lifecycle;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.items.ItemIndex;
import io.freshet.items.MergeIndex;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.SampleSteps;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.Patience;
import io.freshet.worker.WorkerLab;
import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.execution.Results;
import io.freshet.worker.merge.MergeLab;
import io.freshet.worker.settlement.SettlementLab;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import static io.freshet.worker.WorkerLab.now;
import static org.assertj.core.api.Assertions.assertThat;

class DrainTest {
    private final SettlementLab lab = new SettlementLab(DrainTest::copy);
    private final WorkerLab worker = lab.worker;

    private static void copy(Lines lines, Results results) throws InterruptedException {
        for (Line line = lines.next(); line != null; line = lines.next()) {
            if (line.text().equals("line 2")) {
                throw new Permanent(FailureCode.COMPUTATION_FAILED, "line 2 is bad");
            }
            results.write(line.text());
        }
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void everythingThatIsOpenIsComputedWithoutAMessage() {
        assertThat(drain()).isEqualTo(WorkerLab.PARTS);

        assertThat(worker.text("output_1.json")).isEqualTo("line 1\n");
        assertThat(worker.text("output_3.json")).isEqualTo("line 3\n");
        assertThat(worker.index(1).failure()).isEqualTo("line 2 is bad");
        assertThat(settled("done")).isEqualTo(2);
        assertThat(settled("givenup")).isEqualTo(1);
    }

    @Test
    void whatOthersHoldOrHasFailedIsLeftAlone() {
        worker.claiming.claim(worker.layout.index(worker.run, WorkerLab.part(0)));
        worker.record(ItemIndex.open(WorkerLab.part(1)).failed("before"));

        assertThat(drain()).isEqualTo(1);

        assertThat(worker.exists("output_1.json")).isFalse();
        assertThat(worker.index(1).failure()).isEqualTo("before");
    }

    @Test
    void aRunThatTakesNoWorkHasNone() {
        worker.change(run -> run.suspend(WorkerLab.CLOCK));

        assertThat(drain()).isZero();
    }

    @Test
    void aMergeIsWorkLikeAnyOther() {
        List<ItemOutcome> all = IntStream.range(0, WorkerLab.PARTS)
                .<ItemOutcome>mapToObj(item -> new ItemOutcome.Done(item, new Tally(1, 0)))
                .toList();
        for (int part = 1; part <= WorkerLab.PARTS; part++) {
            worker.put("output_" + part + ".json", part + "\n");
        }
        worker.change(run -> run.apply(all, WorkerLab.CLOCK).settle(WorkerLab.CLOCK));
        now(worker.storage.put(
                MergeIndex.name(worker.run.id()), List.of(), MergeIndex.open().attributes(), Condition.IF_ABSENT));

        assertThat(drain()).isEqualTo(1);

        assertThat(worker.text("results.json")).isEqualTo("1\n2\n3\n");
        assertThat(settled("done")).isEqualTo(1);
    }

    @Test
    void itemsOfAStepAreLeftToTheirMessages() {
        Run step = SampleSteps.pending(new Items.Source.Generated(4))
                .start(WorkerLab.CLOCK)
                .dispatched(3, WorkerLab.CLOCK);
        now(worker.store.markActive(step.id()));
        now(worker.store.create(step));

        assertThat(drain("freshet.worker.run-id", step.id().toString())).isZero();
        assertThat(now(worker.outputs.list("", BlobStore.Listing.of(BlobStore.Listing.Detail.PLAIN)))
                        .entries())
                .isEmpty();
    }

    @Test
    void onlyTheRunThatIsAskedForIsDrained() {
        assertThat(drain("freshet.worker.run-id", "2026-11-1")).isZero();
        assertThat(drain("freshet.worker.run-id", worker.run.id().toString())).isEqualTo(WorkerLab.PARTS);
    }

    @Test
    void aSuspendedRunThatIsAskedForIsWaitedFor() {
        worker.change(run -> run.suspend(WorkerLab.CLOCK));
        Drain drain = drainOf("freshet.worker.run-id", worker.run.id().toString());

        CompletableFuture<Long> end = drain.drain().subscribeAsCompletionStage();

        assertThat(now(drain.isWorkLeft())).isTrue();
        assertThat(end).isNotDone();
        worker.change(run -> run.resume(WorkerLab.CLOCK));
        assertThat(end).succeedsWithin(Patience.LIMIT).isEqualTo((long) WorkerLab.PARTS);
    }

    @Test
    void aWorkerThatWaitsForASuspendedRunCanBeStopped() {
        worker.change(run -> run.suspend(WorkerLab.CLOCK));
        Drain drain = drainOf("freshet.worker.run-id", worker.run.id().toString());
        CompletableFuture<Long> end = drain.drain().subscribeAsCompletionStage();

        now(drain.stop());

        assertThat(end).isCompletedWithValue(0L);
    }

    @Test
    void toldToStopItTakesUpNothingMoreAndKnowsWhatIsLeft() {
        Drain drain = drainOf();

        now(drain.stop());

        assertThat(now(drain.drain())).isZero();
        assertThat(now(drain.isWorkLeft())).isTrue();
        assertThat(worker.exists("output_1.json")).isFalse();
    }

    @Test
    void aWorkedOffRunLeavesNoWork() {
        Drain drain = drainOf();

        now(drain.drain());

        now(drain.stop());
        assertThat(now(drain.isWorkLeft())).isFalse();
    }

    @Test
    void whoDoesNotWaitForItsEndDoesNotBreakItOff() {
        CountDownLatch gate = new CountDownLatch(1);
        SettlementLab slow = new SettlementLab((lines, results) -> {
            gate.await();
            copy(lines, results);
        });
        Drain drain = drainOf(slow);
        CompletableFuture<Long> end = drain.drain().subscribeAsCompletionStage();

        drain.stop().subscribe().with(done -> {}).cancel();
        gate.countDown();

        assertThat(end)
                .succeedsWithin(Patience.LIMIT, InstanceOfAssertFactories.LONG)
                .isPositive();
        slow.close();
    }

    private double settled(String outcome) {
        return lab.registry.counter("freshet.items", "outcome", outcome).count();
    }

    private long drain(String... settings) {
        return now(drainOf(settings).drain());
    }

    private Drain drainOf(String... settings) {
        return drainOf(lab, settings);
    }

    private static Drain drainOf(SettlementLab lab, String... settings) {
        WorkDispatcher dispatcher = new WorkDispatcher(lab.attempts, MergeLab.merges(lab), lab.metrics);
        return new Drain(
                lab.worker.store, lab.worker.layouts, dispatcher, lab.executing.threads, WorkerLab.config(settings));
    }
}

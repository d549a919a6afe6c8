package io.freshet.watcher.reconcile;

import io.freshet.items.PartLayout;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.run.SampleRuns;
import io.freshet.watcher.backlog.BacklogLab;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ReconcilerTest {
    private static final RunId ID = SampleRuns.ID;

    private final Lab lab = new Lab();
    private final Reconciler reconciler = reconciler();

    @Test
    void aSubmittedRunIsStartedAndSentInOneLook() {
        lab.submitted(3);

        look();

        assertThat(lab.stored().state()).isInstanceOf(RunState.Running.class);
        assertThat(lab.queue.parts()).containsExactly(1, 2, 3);
    }

    @Test
    void aRunGoesToItsEndByLooksAlone() {
        Run run = lab.submitted(3);
        look();
        for (int item = 0; item < 3; item++) {
            lab.worked(run, item);
        }
        look();

        assertThat(lab.stored().state()).isInstanceOf(RunState.Completed.class);
        assertThat(lab.reported).containsExactly(lab.stored());
        assertThat(lab.isMarked(ID)).isFalse();
        assertThat(lab.names(Lab.indexes(ID))).isEmpty();
        assertThat(lab.queue.sent).hasSize(3);
    }

    @Test
    void aRunWhoseResultsCannotBeCopiedWaitsForAWorker() {
        lab.canCopy = false;
        Run run = lab.submitted(1);
        look();
        lab.worked(run, 0);

        look();

        assertThat(lab.stored().state()).isInstanceOf(RunState.Finalizing.class);
        assertThat(lab.queue.sent).hasSize(2);
    }

    @Test
    void looksAtRunsThatStandAreRepeatedWithoutHarm() {
        lab.submitted(3);
        look();
        Run run = lab.stored();

        look();
        look();

        assertThat(lab.stored()).isEqualTo(run);
        assertThat(lab.queue.sent).hasSize(3);
    }

    @Test
    void aLookAtALargeRunThatGoesOnCostsTheSameHoweverLargeItIs() {
        assertThat(callsOfALook(new Lab(), 100))
                .isEqualTo(callsOfALook(new Lab(), 5_500))
                .hasSize(1);
    }

    @Test
    void progressThatLetsNothingGoOnCostsNoLook() {
        lab.window(8);
        Reconciler watcher = reconciler();
        lab.submitted(100);
        Lab.now(watcher.reconcile(ID));
        lab.calls.clear();

        Lab.now(watcher.progressed(lab.stored()));

        assertThat(lab.calls).containsExactly("read");
        assertThat(lab.queue.sent).hasSize(8);
    }

    @Test
    void progressThatLeavesRoomRefillsTheWindow() {
        lab.window(8);
        Reconciler watcher = reconciler();
        lab.submitted(100);
        Lab.now(watcher.reconcile(ID));
        Run run = lab.done(lab.stored(), lab.stored().sent().items().limit(4).toArray());

        Lab.now(watcher.progressed(run));

        assertThat(lab.queue.sent).hasSize(12);
    }

    @Test
    void aCanceledRunLeavesAtMostAWindowOfMessages() {
        lab.window(8);
        Reconciler watcher = reconciler();
        lab.submitted(100);
        Lab.now(watcher.reconcile(ID));
        lab.change(run -> run.cancel("a reason", lab.clock));

        Lab.now(watcher.reconcile(ID));

        assertThat(lab.queue.sent).hasSize(8);
        assertThat(lab.reported).hasSize(1);
        assertThat(lab.isMarked(ID)).isFalse();
    }

    @Test
    void aDeletedRunThatAWorkerHeldIsLookedAtAgainByItself() {
        Run run = lab.submitted(2);
        Lab.now(lab.blobs.acquireLease(PartLayout.indexName(run.id(), Lab.part(0)), "a worker", Duration.ofMinutes(1)));
        lab.change(r -> r.delete(lab.clock));
        look();
        assertThat(lab.find()).isPresent();

        lab.timers.getFirst().run();

        assertThat(lab.names("")).isEmpty();
    }

    @Test
    void aLookThatFailedIsTakenAgainThoughNobodyAsks() {
        lab.submitted(3);
        lab.queue.breaksAfter = 0;
        assertThat(reconciler.reconcile(ID).subscribeAsCompletionStage()).isCompletedExceptionally();

        lab.queue.breaksAfter = Integer.MAX_VALUE;
        lab.timers.getFirst().run();

        assertThat(lab.queue.parts()).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsRememberedOfOtherRunsIsDropped() {
        lab.submitted(3);
        look();
        lab.clock.advance(Lab.INTERVAL);

        reconciler.forgetAllBut(Set.of());
        look();

        assertThat(lab.stored().dispatch().repeats()).isZero();
    }

    private static List<String> callsOfALook(Lab lab, int parts) {
        lab.submitted(parts);
        Reconciler watcher = reconciler(lab);
        Lab.now(watcher.reconcile(ID));
        lab.calls.clear();
        Lab.now(watcher.reconcile(ID));
        return lab.calls;
    }

    private void look() {
        Lab.now(reconciler.reconcile(ID));
    }

    private Reconciler reconciler() {
        return reconciler(lab);
    }

    private static Reconciler reconciler(Lab lab) {
        Reconciler.Memory memory =
                new Reconciler.Memory(BacklogLab.backlog(lab.store), lab.stalls, lab.unsent, lab.waits);
        return new Reconciler(
                lab.store, lab.table(), lab.removal(), memory, lab.config, (delay, task) -> lab.timers.add(task));
    }
}

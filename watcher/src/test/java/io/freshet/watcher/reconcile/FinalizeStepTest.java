package io.freshet.watcher.reconcile;

import io.freshet.items.MergeIndex;
import io.freshet.message.WorkMessage;
import io.freshet.run.ItemOutcome;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.freshet.watcher.reconcile.Step.Next;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class FinalizeStepTest {
    private final Lab lab = new Lab();

    @Test
    void aRunWhosePartsAreSettledHasOneMessageAndAnIndexThatAWorkerClaims() {
        Run run = finalizing();

        take(run);
        take(run);

        assertThat(hasIndex(run)).isTrue();
        assertThat(lab.queue.sent).containsExactly(new WorkMessage.MergeResults(run.id(), 1));
    }

    @Test
    void nothingIsLeftWhenAnotherWatcherHasEndedTheRunMeanwhile() {
        Run run = finalizing();
        lab.change(r -> r.end(lab.clock));

        take(run);

        assertThat(hasIndex(run)).isFalse();
        assertThat(lab.queue.sent).isEmpty();
    }

    @Test
    void resultsOfBlocksAreCommittedWithoutAWorker() {
        Run run = finalizing();
        lab.canCopy = true;

        assertThat(Lab.next(lab.finish().take(run)).state()).isInstanceOf(RunState.Completed.class);
        assertThat(lab.queue.sent).isEmpty();
        assertThat(hasIndex(run)).isFalse();
    }

    @Test
    void aRunWithResultsOfThisExecutionEnds() {
        Run run = finalizing();
        results(run, "1");

        assertThat(Lab.next(lab.finish().take(run)).state()).isInstanceOf(RunState.Completed.class);
    }

    @Test
    void resultsOfAnEarlierExecutionAreNone() {
        Run run = finalizing();
        results(run, "0");

        take(run);

        assertThat(lab.stored().state()).isInstanceOf(RunState.Finalizing.class);
        assertThat(lab.queue.sent).hasSize(1);
    }

    @Test
    void aRunWithoutAnyOutputEndsWithoutAMerge() {
        lab.running(2);
        List<ItemOutcome> failures =
                IntStream.range(0, 2).<ItemOutcome>mapToObj(SampleRuns::failed).toList();
        Run run = lab.change(r -> r.apply(failures, lab.clock).settle(lab.clock));

        assertThat(Lab.next(lab.finish().take(run)).state()).isInstanceOf(RunState.Failed.class);
        assertThat(lab.queue.sent).isEmpty();
    }

    @Test
    void aMergeThatCannotBeDoneFailsTheRunWithItsReason() {
        Run run = finalizing();
        take(run);
        Lab.now(lab.blobs.setMetadata(
                MergeIndex.name(run.id()), MergeIndex.failed("too large").metadata(), null));

        Run failed = Lab.next(lab.finish().take(run));

        assertThat(failed.state()).isInstanceOf(RunState.Failed.class);
        assertThat(((RunState.Failed) failed.state()).reason()).isEqualTo("too large");
    }

    @Test
    void aMergeThatNobodyTakesUpIsAskedForAgainOnceAnInterval() {
        Run run = finalizing();
        take(run);
        take(run);

        lab.clock.advance(Lab.INTERVAL);
        take(run);
        take(run);

        assertThat(lab.queue.sent).hasSize(2);
    }

    @Test
    void aMergeUnderWayIsLeftAlone() {
        Run run = finalizing();
        take(run);
        take(run);
        Lab.now(lab.blobs.acquireLease(MergeIndex.name(run.id()), "me", Duration.ofSeconds(60)));

        lab.clock.advance(Lab.INTERVAL);
        take(run);

        assertThat(lab.queue.sent).hasSize(1);
    }

    /** Of a service that cannot copy, so that a worker has to merge. */
    private Run finalizing() {
        lab.canCopy = false;
        Run run = lab.running(2);
        lab.done(run, 0, 1);
        return lab.change(r -> r.settle(lab.clock));
    }

    private void results(Run run, String generation) {
        Lab.now(lab.blobs.put(
                RunFiles.results(run.id()),
                List.of(),
                new Attributes("application/x-ndjson", Map.of("generation", generation)),
                Condition.ALWAYS));
    }

    private boolean hasIndex(Run run) {
        return lab.exists(MergeIndex.name(run.id()));
    }

    private void take(Run run) {
        assertThat(Lab.now(lab.finish().take(run))).isEqualTo(Next.done());
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.items.ItemLayout.Output;
import io.freshet.items.PartLayout;
import io.freshet.items.ResultsBlocks;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.RunFiles;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsCommitTest {
    private final Lab lab = new Lab();

    @Test
    void resultsAreTheOutputsInOrder() {
        Run run = finalizing(12);

        assertThat(commit(run)).isTrue();

        assertThat(results(run)).isEqualTo(expected(12));
        assertThat(described(run).orElseThrow().metadata()).containsEntry("generation", "1");
    }

    @Test
    void aRunThatIsWiderThanABlobHasBlocksIsLeftToAWorker() {
        lab.mostBlocks = 11;
        Run run = finalizing(12);

        assertThat(commit(run)).isFalse();

        assertThat(described(run)).isEmpty();
    }

    @Test
    void whatIsStagedAlreadyIsNotCopiedAgain() {
        Run run = finalizing(3);
        for (int item = 0; item < 3; item++) {
            Lab.now(new ResultsBlocks(lab.blobs, lab.clock).stage(run.id(), output(run, item)));
        }
        lab.calls.clear();

        assertThat(commit(run)).isTrue();

        assertThat(lab.calls).doesNotContain("stageBlockFrom").contains("commitBlocks");
        assertThat(results(run)).isEqualTo(expected(3));
    }

    @Test
    void aStagedBlockOfAnotherLengthIsNotBelieved() {
        Run run = finalizing(3);
        ByteBuffer wrong = StandardCharsets.UTF_8.encode("half a li");
        Lab.now(lab.blobs.stageBlock(RunFiles.results(run.id()), ResultsBlocks.id(1), List.of(wrong)));

        assertThat(commit(run)).isTrue();

        assertThat(results(run)).isEqualTo(expected(3));
    }

    @Test
    void itemsThatFailedHaveNoPlaceInTheResults() {
        Run run = lab.done(lab.running(3), 0, 2);
        Run ended = lab.change(r ->
                r.apply(List.<ItemOutcome>of(SampleRuns.failed(1)), lab.clock).settle(lab.clock));

        assertThat(commit(ended)).isTrue();

        assertThat(results(run)).isEqualTo(Lab.output(0) + Lab.output(2));
    }

    @Test
    void ofTwoWatchersOneCommitsAndBothGoOn() {
        Run run = finalizing(3);
        Optional<BlobInfo> before = described(run);

        assertThat(Lab.now(lab.commit().of(run, before))).isTrue();
        assertThat(Lab.now(lab.commit().of(run, before))).isTrue();

        assertThat(results(run)).isEqualTo(expected(3));
    }

    @Test
    void aRerunReplacesTheResultsOfTheExecutionBefore() {
        lab.done(lab.running(3), 0, 2);
        Run first = lab.change(r ->
                r.apply(List.<ItemOutcome>of(SampleRuns.failed(1)), lab.clock).settle(lab.clock));
        commit(first);
        lab.change(r -> r.end(lab.clock).rerunFailed(lab.clock).start(lab.clock));
        lab.done(first, 1);
        Run second = lab.change(r -> r.settle(lab.clock));
        lab.calls.clear();

        assertThat(commit(second)).isTrue();

        assertThat(results(second)).isEqualTo(expected(3));
        assertThat(lab.calls).filteredOn("stageBlockFrom"::equals).hasSize(1);
        assertThat(described(second).orElseThrow().metadata()).containsEntry("generation", "2");
    }

    @Test
    void aRunThatWasCanceledMeanwhileGetsNoResults() {
        Run run = finalizing(3);
        lab.change(r -> r.cancel("a reason", lab.clock));

        commit(run);

        assertThat(described(run)).isEmpty();
    }

    @Test
    void aWorkerSeesToWhatTheServiceCannotCopyAndToAnOutputThatIsGone() {
        Run run = finalizing(3);
        lab.canCopy = false;
        assertThat(commit(run)).isFalse();

        lab.canCopy = true;
        Lab.now(lab.blobs.delete(PartLayout.outputName(run.id(), 1), null));
        assertThat(commit(run)).isFalse();
        assertThat(described(run)).isEmpty();
    }

    @Test
    void resultsWithoutALineAreEmpty() {
        lab.running(0);
        Run run = lab.change(r -> r.settle(lab.clock));

        assertThat(commit(run)).isTrue();

        assertThat(results(run)).isEmpty();
    }

    private Run finalizing(int parts) {
        Run run = lab.running(parts);
        int[] all = IntStream.range(0, parts).toArray();
        lab.done(run, all);
        return lab.change(r -> r.settle(lab.clock));
    }

    private boolean commit(Run run) {
        return Lab.now(lab.commit().of(run, described(run)));
    }

    private static Output output(Run run, int item) {
        return new Output(
                item, PartLayout.outputName(run.id(), item), Lab.output(item).length(), Tally.NONE);
    }

    private Optional<BlobInfo> described(Run run) {
        return Lab.now(lab.blobs.describe(RunFiles.results(run.id())));
    }

    private String results(Run run) {
        byte[] bytes = Lab.now(lab.blobs.read(RunFiles.results(run.id())))
                .orElseThrow()
                .bytes();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String expected(int parts) {
        StringBuilder text = new StringBuilder();
        for (int item = 0; item < parts; item++) {
            text.append(Lab.output(item));
        }
        return text.toString();
    }
}

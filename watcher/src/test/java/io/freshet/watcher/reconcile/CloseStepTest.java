package io.freshet.watcher.reconcile;

import io.freshet.items.MergeIndex;
import io.freshet.items.PartLayout;
import io.freshet.run.ItemOutcome;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CloseStepTest {
    private final Lab lab = new Lab();
    private final CloseStep step = new CloseStep(lab.blobs, lab.layouts, lab.secrets);

    @Test
    void aCanceledRunKeepsNoIndexEvenIfAWorkerHoldsIt() {
        Run run = lab.running(3);
        Lab.now(lab.blobs.acquireLease(
                PartLayout.indexName(run.id(), Lab.part(1)), "a worker", Duration.ofSeconds(60)));

        Lab.now(step.take(lab.change(r -> r.cancel("a reason", lab.clock))));

        assertThat(lab.names(Lab.indexes(run.id()))).isEmpty();
    }

    @Test
    void failedPartsKeepTheirIndexForARerun() {
        Run run = lab.done(lab.running(3), 0);
        Run ended = lab.change(r -> r.apply(List.<ItemOutcome>of(SampleRuns.failed(2), SampleRuns.done(1)), lab.clock)
                .settle(lab.clock)
                .end(lab.clock));

        Lab.now(step.take(ended));

        assertThat(lab.names(Lab.indexes(run.id()))).containsExactly(PartLayout.indexName(run.id(), Lab.part(2)));
    }

    @Test
    void nothingOfTheMergeIsLeft() {
        Run run = lab.done(lab.running(1), 0);
        put(MergeIndex.name(run.id()));
        put(MergeIndex.group(run.id(), 1, 0));
        put(RunFiles.results(run.id()));
        Lab.now(lab.blobs.acquireLease(MergeIndex.name(run.id()), "a worker", Duration.ofSeconds(60)));

        Run ended = lab.change(r -> r.settle(lab.clock).end(lab.clock));

        assertThat(Lab.next(step.take(ended))).isEqualTo(ended);
        assertThat(lab.exists(MergeIndex.name(run.id()))).isFalse();
        assertThat(lab.exists(MergeIndex.group(run.id(), 1, 0))).isFalse();
        assertThat(lab.exists(RunFiles.results(run.id()))).isTrue();
    }

    private void put(String blob) {
        Lab.now(lab.blobs.put(blob, List.of(), Attributes.ofType("text/plain"), Condition.ALWAYS));
    }
}

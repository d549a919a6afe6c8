package io.freshet.watcher.reconcile;

import io.freshet.items.PartLayout;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.storage.RunFiles;
import io.freshet.watcher.reconcile.Step.Next;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DeleteStepTest {
    private final Lab lab = new Lab();
    private final DeleteStep step = new DeleteStep(lab.removal(), lab.config);

    @Test
    void nothingOfADeletedRunIsLeft() {
        Run run = deleted();

        assertThat(Lab.now(step.take(run))).isEqualTo(Next.done());

        assertThat(lab.names("")).isEmpty();
    }

    @Test
    void aRunThatAWorkerHeldAPartOfIsLookedAtOnceMore() {
        Run run = deleted();
        Lab.now(lab.blobs.acquireLease(
                PartLayout.indexName(run.id(), Lab.part(1)), "a worker", Duration.ofSeconds(60)));

        assertThat(Lab.now(step.take(run))).isEqualTo(Next.lookAgain(Lab.INTERVAL));
        assertThat(lab.names(RunFiles.folder(run.id()))).containsExactly(RunFiles.document(run.id()));
        lab.worked(run, 1);

        assertThat(Lab.now(step.take(run))).isEqualTo(Next.done());
        assertThat(lab.names("")).isEmpty();
    }

    @Test
    void anUploadIsAbandonedAfterADay() {
        Lab.now(lab.store.markActive(SampleRuns.ID));
        Lab.now(lab.blobs.stageBlock(RunFiles.input(SampleRuns.ID), "1", List.of(ByteBuffer.allocate(3))));

        Lab.now(lab.removal().ofAbandoned(SampleRuns.ID));
        assertThat(lab.isMarked(SampleRuns.ID)).isTrue();

        lab.clock.advance(Duration.ofHours(25));
        Lab.now(lab.removal().ofAbandoned(SampleRuns.ID));
        assertThat(lab.names("")).isEmpty();
    }

    private Run deleted() {
        Run run = lab.running(3);
        lab.worked(run, 0);
        return lab.change(r -> r.delete(lab.clock));
    }
}

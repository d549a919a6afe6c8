package io.freshet.worker.merge;

import io.freshet.items.MergeIndex;
import io.freshet.run.Items.Source;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.run.SampleSteps;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.freshet.worker.WorkerLab;
import io.freshet.worker.settlement.Settlement;
import io.freshet.worker.settlement.SettlementLab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

import static io.freshet.worker.WorkerLab.now;
import static org.assertj.core.api.Assertions.assertThat;

class ReductionTest {
    private static final Clock NOW = SampleRuns.at(30);

    private final SettlementLab lab = new SettlementLab((lines, results) -> {});
    private final WorkerLab worker = lab.worker;
    private final MergeWork merges = MergeLab.merges(lab);
    private final Run run = SampleSteps.running(new Source.Generated(3))
            .apply(List.of(SampleRuns.done(0), SampleRuns.done(1), SampleRuns.done(2)), NOW)
            .settle(NOW);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void theReducersValueIsTheResultOfAStep() {
        finalizing();
        output(0, worker.blobLayout.attributes("1"), "{\"result\":1}");
        output(1, Attributes.ofType("application/octet-stream"), "{\"input_id\":1,\"result\":0.5}");
        output(2, Attributes.ofType("application/json"), "{\"no\":\"result\"}");

        assertThat(now(merges.attempt(run.id(), 1))).isEqualTo(new Settlement.Done());
        assertThat(value()).isEqualTo("1.5");
        assertThat(now(worker.blobs.describe(RunFiles.results(run.id())))
                        .orElseThrow()
                        .metadata())
                .containsEntry("generation", "1");
    }

    @Test
    void anOutputThatIsGoneIsNotLeftOut() {
        finalizing();
        output(0, Attributes.ofType("application/json"), "{\"result\":1}");

        assertThat(now(merges.attempt(run.id(), 1))).isInstanceOf(Settlement.GivenUp.class);
        assertThat(now(worker.blobs.describe(RunFiles.results(run.id())))).isEmpty();
    }

    private void finalizing() {
        now(worker.store.create(run));
        now(worker.blobs.put(
                MergeIndex.name(run.id()), List.of(), MergeIndex.open().attributes(), Condition.ALWAYS));
    }

    private void output(int item, Attributes attributes, String text) {
        now(worker.outputs.put(
                SampleSteps.FOLDER + "/" + item + ".json",
                List.of(StandardCharsets.UTF_8.encode(text)),
                attributes,
                Condition.ALWAYS));
    }

    private String value() {
        return new String(
                now(worker.blobs.read(RunFiles.results(run.id()))).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }
}

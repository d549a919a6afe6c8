package io.freshet.watcher.progress;

import io.freshet.instance.InstanceId;
import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.Patience;
import io.freshet.watcher.backlog.BacklogLab;
import io.freshet.watcher.doctor.Probes;
import io.freshet.watcher.instances.InstancesLab;
import io.freshet.watcher.reconcile.ReconcilerLab;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ControlConsumerTest {
    private final Vertx vertx = Vertx.vertx();
    private final ReconcilerLab lab = new ReconcilerLab();
    private final Deliveries deliveries = new Deliveries();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void aRunThatChangedIsLookedAt() {
        Run run = lab.submitted(2);

        deliver(new ControlMessage.RunChanged(run.id()));

        assertThat(stored().state()).isInstanceOf(RunState.Running.class);
        assertThat(lab.sent()).hasSize(2);
    }

    @Test
    void aPartThatFailedIsRecordedWithWhatItsIndexSays() {
        Run run = running(2);
        lab.failed(run, 1, "what the index says");

        deliver(new ControlMessage.ItemFailed(run.id(), 1, "what the message says"));

        assertThat(stored().progress().failed()).isEqualTo(ItemSet.of(1));
        assertThat(stored().progress().failures()).singleElement().asString().contains("what the index says");
    }

    @Test
    void aPartWhoseIndexSaysNothingHasNotFailed() {
        Run run = running(2);

        deliver(new ControlMessage.ItemFailed(run.id(), 1, "of an earlier execution"));

        assertThat(stored().progress().failed().isEmpty()).isTrue();
    }

    @Test
    void theLastFailureLetsTheRunEnd() {
        Run run = running(1);
        lab.failed(run, 0, "broken");

        deliver(new ControlMessage.ItemFailed(run.id(), 0, "broken"));

        assertThat(stored().state()).isInstanceOf(RunState.Failed.class);
    }

    @Test
    void aRunThatIsGoneIsNoFailure() {
        deliver(new ControlMessage.ItemFailed(RunId.parse("2026-11-7"), 0, "broken"));

        assertThat(deliveries.failures).isEmpty();
    }

    @Test
    void whoSawAnOutputHasStorageLookedIntoAtOnceAndNothingCountedByIt() {
        InstanceId id = new InstanceId("a");
        InstancesLab instances = new InstancesLab(lab);
        instances.started(id, "40");
        now(instances.instances.reconcile(id));
        RunId step = now(instances.instances.stepOf(id)).orElseThrow();
        output("a/5.json");

        deliver(Collections.nCopies(10_000, new ControlMessage.OutputsSeen(id)).toArray(ControlMessage[]::new));

        assertThat(now(lab.store().find(step)).orElseThrow().progress().done()).isEqualTo(ItemSet.of(5));
        assertThat(deliveries.failures).isEmpty();
        assertThat(instances.now(id).values().customStatus()).contains("\"completed\":1");
    }

    @Test
    void whoSawAnOutputOfNobodyIsNoFailure() {
        deliver(new ControlMessage.OutputsSeen(new InstanceId("nobody")));

        assertThat(deliveries.failures).isEmpty();
    }

    private void output(String name) {
        now(lab.outputs()
                .put(
                        name,
                        List.of(StandardCharsets.UTF_8.encode("{\"result\":1}")),
                        Attributes.ofType("application/json"),
                        Condition.ALWAYS));
    }

    private Run running(int parts) {
        Run run = lab.submitted(parts);
        now(lab.reconciler().reconcile(run.id()));
        return stored();
    }

    private void deliver(ControlMessage... messages) {
        new ControlConsumer(
                        deliveries.of(
                                Arrays.stream(messages).map(MessageCodec::write).toList()),
                        new ProgressLedger(lab.store(), lab.clock(), vertx, BacklogLab.backlog(lab.store())),
                        lab.reconciler(),
                        lab.layouts(),
                        lab.store(),
                        new InstancesLab(lab).instances,
                        new Probes(lab.blobs(), lab.outputs()))
                .start();
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> deliveries.acknowledged.size() + deliveries.failures.size() == messages.length);
    }

    private Run stored() {
        return now(lab.store().find(SampleRuns.ID)).orElseThrow();
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }
}

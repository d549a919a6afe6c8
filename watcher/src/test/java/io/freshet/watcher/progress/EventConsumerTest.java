package io.freshet.watcher.progress;

import io.freshet.azure.eventgrid.EventGridFormat;
import io.freshet.event.BlobCreated;
import io.freshet.event.EventFormat;
import io.freshet.instance.InstanceId;
import io.freshet.items.OutputType;
import io.freshet.items.PartLayout;
import io.freshet.message.WorkMessage;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.freshet.testing.Patience;
import io.freshet.watcher.backlog.BacklogLab;
import io.freshet.watcher.doctor.Probes;
import io.freshet.watcher.instances.InstancesLab;
import io.freshet.watcher.progress.StorageEvents.EventMetrics;
import io.freshet.watcher.reconcile.ReconcilerLab;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class EventConsumerTest {
    private static final EventFormat FORMAT = new EventGridFormat(() -> "account");

    private static final String CONTAINER = "jobs";

    private final Vertx vertx = Vertx.vertx();
    private final ReconcilerLab lab = new ReconcilerLab();
    private final InstancesLab instances = new InstancesLab(lab);
    private final Probes probes = new Probes(lab.blobs(), lab.outputs());
    private final Deliveries deliveries = new Deliveries();
    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void anOutputIsProgressAndItsEventIsAcknowledgedWhenThatIsWritten() {
        Run run = running(3);

        deliver(output(run, 2));

        await(1);
        assertThat(stored().progress().done()).isEqualTo(ItemSet.of(1));
        assertThat(stored().progress().tally().rejectedLines()).isEqualTo(3);
    }

    @Test
    void theLastOutputLetsTheRunGoOn() {
        Run run = running(2);

        deliver(output(run, 1), output(run, 2));

        await(2);
        assertThat(stored().state()).isInstanceOf(RunState.Finalizing.class);
        assertThat(lab.sent()).contains(new WorkMessage.MergeResults(run.id(), 1));
    }

    @Test
    void resultsEndTheRun() {
        Run run = running(1);
        deliver(output(run, 1));
        await(1);
        now(lab.blobs()
                .put(
                        RunFiles.results(run.id()),
                        List.of(),
                        new Attributes("application/x-ndjson", Map.of("generation", "1")),
                        Condition.ALWAYS));

        deliver(event(CONTAINER, RunFiles.results(run.id()), "application/x-ndjson"));

        await(2);
        assertThat(stored().state()).isInstanceOf(RunState.Completed.class);
    }

    @Test
    void whatIsNotOursIsAcknowledged() {
        Run run = running(1);
        RunId nobody = RunId.parse("2026-11-7");

        deliver(
                event("others", PartLayout.outputName(run.id(), 0), "text/plain"),
                event(CONTAINER, PartLayout.outputName(nobody, 0), "text/plain"),
                event(CONTAINER, RunFiles.input(run.id()), "text/plain"),
                event(CONTAINER, "holiday.jpg", "image/jpeg"));

        await(4);
        assertThat(stored().progress().settled()).isZero();
        assertThat(counted("foreign")).isEqualTo(3);
        assertThat(counted("ours")).isEqualTo(1);
    }

    @Test
    void anOutputThatCameBeforeItsInstanceIsNotLost() {
        InstanceId id = new InstanceId("a b");
        now(lab.outputs()
                .put(
                        "a%20b/0.json",
                        List.of(StandardCharsets.UTF_8.encode("{\"result\":1}")),
                        Attributes.ofType("application/json"),
                        Condition.ALWAYS));
        deliver(event("output", "a%20b/0.json", "application/json"));
        await(1);

        instances.started(id, "2");
        now(instances.instances.reconcile(id));
        RunId step = now(instances.instances.stepOf(id)).orElseThrow();
        now(lab.reconciler().reconcile(step));

        assertThat(now(lab.store().find(step)).orElseThrow().progress().done()).isEqualTo(ItemSet.of(0));
    }

    @Test
    void aFileThatHasOnlyBeenBegunIsNoOutput() {
        Run run = running(1);
        BlobCreated begun = new BlobCreated(
                "an id",
                CONTAINER,
                PartLayout.outputName(run.id(), 0),
                "text/plain",
                0,
                "CreateFile",
                SampleRuns.SUBMITTED);

        deliver(FORMAT.write(List.of(begun)));

        await(1);
        assertThat(stored().progress().settled()).isZero();
    }

    @Test
    void tenThousandDuplicatesOfAnEventCountOnce() {
        Run run = running(2);

        deliver(Collections.nCopies(10_000, output(run, 1)).toArray(String[]::new));

        await(10_000);
        assertThat(stored().progress().done()).isEqualTo(ItemSet.of(0));
        assertThat(stored().state()).isInstanceOf(RunState.Running.class);
    }

    @Test
    void whatCannotBeReadIsLeftToTheFailureStrategy() {
        deliver("no event at all");

        assertThat(deliveries.failures).hasSize(1);
    }

    @Test
    void thousandsOfEventsMayWaitForTheLedgerAtATime() {
        deliver(output(running(1), 1));

        assertThat(deliveries.requested.getFirst()).isGreaterThanOrEqualTo(4_096);
    }

    @Test
    void allThatWaitAreWrittenAtOnce() {
        int parts = 300;
        Run run = running(parts);
        int before = lab.writes();

        deliver(IntStream.rangeClosed(1, parts)
                .mapToObj(part -> output(run, part))
                .toArray(String[]::new));

        await(parts);
        assertThat(stored().progress().done().size()).isEqualTo(parts);
        assertThat(lab.writes() - before).isLessThan(parts / 5);
    }

    private int counted(String kind) {
        return (int) metrics.counter("freshet.events", "kind", kind).count();
    }

    private Run running(int parts) {
        Run run = lab.submitted(parts);
        now(lab.reconciler().reconcile(run.id()));
        return stored();
    }

    private void deliver(String... payloads) {
        StorageEvents events = new StorageEvents(
                new ProgressLedger(lab.store(), lab.clock(), vertx, BacklogLab.backlog(lab.store())),
                lab.reconciler(),
                lab.steps(),
                instances.folders,
                instances.instances,
                probes,
                new EventMetrics(metrics),
                CONTAINER);
        new EventConsumer(deliveries.of(List.of(payloads)), events, FORMAT).start();
    }

    private void await(int acknowledged) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> deliveries.acknowledged.size() == acknowledged);
    }

    private static String output(Run run, int part) {
        return event(CONTAINER, PartLayout.outputName(run.id(), part - 1), OutputType.of(new Tally(10, 3)));
    }

    private static String event(String container, String blob, String contentType) {
        BlobCreated created =
                new BlobCreated("an id", container, blob, contentType, 0, "PutBlob", SampleRuns.SUBMITTED);
        return FORMAT.write(List.of(created));
    }

    private Run stored() {
        return now(lab.store().find(SampleRuns.ID)).orElseThrow();
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }
}

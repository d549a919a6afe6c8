package io.freshet.watcher.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.Cluster;
import io.freshet.dashboard.DashboardBlob;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Items.Source;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.run.SampleSteps;
import io.freshet.storage.BlobStore;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.MovableClock;
import io.freshet.testing.Patience;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class DashboardTest {
    private static final RunId ID = SampleRuns.ID;

    private final MovableClock time = new MovableClock(SampleRuns.SUBMITTED.plusSeconds(60));
    private final BlobStore blobs = new InMemoryBlobStore(time);
    private final RunStore runs = new RunStore(blobs);
    private final InstanceStore instances = new InstanceStore(blobs);
    private Optional<Cluster> cluster = Optional.empty();
    private final Dashboard ours = dashboard();
    private final Dashboard theirs = dashboard();

    @Test
    void whatHasChangedIsWritten() {
        ours.saw(SampleRuns.running().dispatched(2, time));
        write(ours);

        assertThat(row().path("status").asText()).isEqualTo("Running");
        assertThat(last("waiting")).isEqualTo(1);
        assertThat(last("inFlight")).isEqualTo(3);
    }

    @Test
    void itIsWrittenOnceASecondAtMostAndOnlyWhenItHasChanged() {
        ours.saw(SampleRuns.running());
        write(ours);
        String first = etag();

        ours.saw(SampleRuns.running().apply(SampleRuns.done(0, 1), time));
        write(ours);
        assertThat(etag()).as("in the same second").isEqualTo(first);

        time.advance(Duration.ofSeconds(1));
        write(ours);
        String second = etag();
        assertThat(second).isNotEqualTo(first);

        time.advance(Duration.ofSeconds(30));
        write(ours);
        assertThat(etag()).as("nothing has changed").isEqualTo(second);
    }

    @Test
    void aQuietWatcherSaysThatItIsThere() {
        write(ours);
        String first = etag();

        time.advance(Duration.ofSeconds(61));
        write(ours);

        assertThat(etag()).isNotEqualTo(first);
        assertThat(state().path("at").asLong()).isEqualTo(time.instant().getEpochSecond());
    }

    @Test
    void theWatcherThatComesSecondGoesOnFromWhatTheOtherHasWritten() {
        ours.saw(SampleRuns.running());
        write(ours);
        time.advance(Duration.ofSeconds(10));

        write(theirs);
        time.advance(Duration.ofSeconds(2));
        theirs.saw(SampleRuns.running().apply(SampleRuns.done(0, 1), time));
        write(theirs);

        assertThat(state().path("series").path("waiting")).hasSize(3);
        assertThat(row().path("done").asInt()).isEqualTo(1);

        time.advance(Duration.ofSeconds(2));
        ours.saw(SampleRuns.suspended());
        write(ours);
        assertThat(row().path("status").asText()).as("the loser drops its own").isEqualTo("Running");
        time.advance(Duration.ofSeconds(2));
        write(ours);
        time.advance(Duration.ofSeconds(2));
        write(ours);
        assertThat(row().path("status").asText()).isEqualTo("Suspended");
    }

    @Test
    void whatCannotBeReadIsWrittenAnew() {
        now(blobs.put(
                DashboardBlob.NAME,
                List.of(ByteBuffer.wrap(new byte[] {1})),
                BlobStore.Attributes.ofType("x/y"),
                BlobStore.Condition.ALWAYS));

        write(ours);
        time.advance(Duration.ofSeconds(2));
        write(ours);

        assertThat(state().has("series")).isTrue();
    }

    @Test
    void aRunThatSomebodyElseEndedIsFoundBySweeping() {
        now(runs.create(SampleRuns.completed()));
        ours.saw(SampleRuns.running());

        now(ours.sweep(Set.of()));
        write(ours);

        assertThat(row().path("status").asText()).isEqualTo("Complete");
    }

    @Test
    void aRunThatIsGoneIsNotShown() {
        ours.saw(SampleRuns.running());

        now(ours.sweep(Set.of()));
        write(ours);

        assertThat(state().path("rows")).isEmpty();
    }

    @Test
    void aRunThatWasDeletedIsNotShown() {
        ours.saw(SampleRuns.running());
        ours.saw(SampleRuns.running().delete(time));
        write(ours);

        assertThat(state().path("rows")).isEmpty();
    }

    @Test
    void whatEndedIsShownForAnHour() {
        ours.saw(SampleRuns.completed());
        write(ours);
        assertThat(state().path("rows")).hasSize(1);

        time.advance(Duration.ofMinutes(61));
        write(ours);

        assertThat(state().path("rows")).isEmpty();
    }

    @Test
    void aStepThatHasEndedIsNotTheEndOfItsInstance() {
        InstanceId id = new InstanceId(SampleSteps.INSTANCE);
        Instance.Request request = new Instance.Request("ComputeOrchestrator", null, null, null);
        Instance instance = Instance.started(id, request, new Instance.Execution("t", 0), time.instant());
        now(instances.start(id, generation -> instance));
        Run step = SampleSteps.running(new Source.Generated(1))
                .apply(List.of(new ItemOutcome.Done(0, new Tally(1, 0))), SampleRuns.at(20))
                .settle(SampleRuns.at(21))
                .end(SampleRuns.at(22));

        ours.saw(step);
        now(ours.sweep(Set.of()));
        write(ours);
        assertThat(row().path("id").asText()).isEqualTo(SampleSteps.INSTANCE);
        assertThat(row().path("status").asText()).isEqualTo("Running");

        now(instances.update(id, i -> i.completed("1", time.instant())));
        now(ours.sweep(Set.of()));
        ours.saw(step);
        time.advance(Duration.ofSeconds(2));
        write(ours);
        assertThat(row().path("status").asText()).isEqualTo("Complete");
        assertThat(row().has("ended")).isTrue();
    }

    @Test
    void theClusterIsShownWhereThereIsOne() {
        Cluster.Pod worker = new Cluster.Pod("worker-1", "worker", "node-0", "Running", null, time.instant(), null);
        Cluster.Pod gateway = new Cluster.Pod("gateway-1", "gateway", null, "Pending", "no room", time.instant(), null);
        cluster = Optional.of(new Cluster(
                List.of(new Cluster.Node("node-0", true, false)),
                List.of(worker, gateway),
                List.of(new Cluster.Scaler("worker", true, 0, 1, 24)),
                List.of(new Cluster.Burst(ID.toString(), 17, 3, "no capacity"))));
        write(ours);

        assertThat(last("workers")).isEqualTo(1);
        assertThat(last("pods")).isEqualTo(2);
        assertThat(last("nodes")).isEqualTo(1);
        assertThat(state().path("cluster").path("pods").path(1).path("reason").asText())
                .isEqualTo("no room");
        assertThat(state().path("cluster").path("bursts").path(0).path("asked").asInt())
                .isEqualTo(17);
    }

    private Dashboard dashboard() {
        return new Dashboard(blobs, runs, instances, () -> cluster, time);
    }

    private void write(Dashboard dashboard) {
        now(dashboard.write());
    }

    private ObjectNode state() {
        return DashboardBlob.read(
                now(blobs.read(DashboardBlob.NAME)).orElseThrow().bytes());
    }

    private String etag() {
        return now(blobs.read(DashboardBlob.NAME)).orElseThrow().etag();
    }

    private JsonNode row() {
        return state().path("rows").path(0);
    }

    private int last(String column) {
        JsonNode values = state().path("series").path(column);
        return values.path(values.size() - 1).asInt();
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }
}

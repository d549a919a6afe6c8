package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.DashboardBlob;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class RunPodsTest {
    private final InMemoryBlobStore blobs = new InMemoryBlobStore(Clock.systemUTC());
    private final RunPods pods = new RunPods(blobs);

    @Test
    void aRunThatBurstsHasItsBurstAndItsPods() {
        write();
        Run run = SampleRuns.running().burst(new Location.Burst(Instant.EPOCH, 4, "v1"));

        assertThat(of(run))
                .isEqualTo("{\"pods\":[{\"name\":\"a\",\"run\":\"" + run.id() + "\"}],\"burst\":{\"run\":\"" + run.id()
                        + "\",\"asked\":4,\"running\":1}}");
    }

    @Test
    void aRunInTheClusterHasNone() {
        write();

        assertThat(of(SampleRuns.running())).isEqualTo("{\"pods\":[]}");
    }

    private void write() {
        ObjectNode state = DashboardBlob.empty();
        ObjectNode cluster = state.putObject("cluster");
        cluster.putArray("pods").addObject().put("name", "a").put("run", SampleRuns.ID.toString());
        cluster.withArray("pods").addObject().put("name", "gateway");
        cluster.putArray("bursts")
                .addObject()
                .put("run", SampleRuns.ID.toString())
                .put("asked", 4)
                .put("running", 1);
        blobs.put(
                        DashboardBlob.NAME,
                        List.of(ByteBuffer.wrap(DashboardBlob.write(state))),
                        Attributes.ofType("application/gzip"),
                        Condition.ALWAYS)
                .await()
                .atMost(Patience.LIMIT);
    }

    private String of(Run run) {
        return pods.of(Optional.of(run)).await().atMost(Patience.LIMIT).toString();
    }
}

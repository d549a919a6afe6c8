package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What the dashboard shows of the cluster that it is in, by the rights that the chart gives. */
@Timeout(600)
class DashboardIT {
    private static final Release RELEASE = Release.named("shown").bursting().set("EXEC_COMMAND", "sleep 2; cat");
    private static final Freshet FRESHET = RELEASE.freshet();
    private static final Inspection INSPECTION = new Inspection(RELEASE);
    private static final Calculations MANY = new Calculations(60);
    private static final Calculations FEW = new Calculations(4);

    @BeforeAll
    static void install() {
        VirtualNodes.openUsual();
        RELEASE.install();
    }

    @AfterAll
    static void remove() {
        RELEASE.close();
    }

    @Test
    void nodesPodsAndScalingAreShown() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            JsonNode cluster = gateway.told(
                            "cluster",
                            "cluster",
                            told -> !told.at("/cluster/nodes").isEmpty()
                                    && !told.at("/cluster/scalers").isEmpty())
                    .path("cluster");

            assertThat(cluster.path("nodes").findValuesAsText("name")).containsAll(VirtualNodes.usual());
            assertThat(cluster.path("pods").findValuesAsText("role")).contains("gateway", "watcher");
            assertThat(cluster.path("scalers").findValuesAsText("name")).containsExactly("shown-freshet-worker");
        }
    }

    @Test
    void aBurstAndItsPodsAreShownWithTheRun() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), "handler=exec&itemsPerJob=2");

            JsonNode told = gateway.told(
                    "run:" + job, "pods", pods -> pods.at("/burst/running").asInt() == 4);

            assertThat(told.at("/burst/asked").asInt()).isEqualTo(4);
            assertThat(told.path("pods")).hasSize(4);
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void workersThatComeAndGoAreInTheChart() {
        FRESHET.awaitNoWorker();
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(FEW.lines(), "handler=exec&itemsPerJob=1");
            FRESHET.awaitWorkers(2);
            INSPECTION.rightAndThenGone(gateway, job, FEW.lines());

            FRESHET.awaitNoWorker();

            Awaitility.await("they come and go in the chart")
                    .atMost(Patience.LIMIT)
                    .untilAsserted(() -> {
                        JsonNode series = gateway.told(
                                "overview",
                                "series",
                                told -> told.path("workers").size() > 0);
                        assertThat(StreamSupport.stream(series.path("workers").spliterator(), false)
                                        .map(JsonNode::asInt)
                                        .toList())
                                .anyMatch(workers -> workers >= 2)
                                .endsWith(0);
                    });
        }
    }
}

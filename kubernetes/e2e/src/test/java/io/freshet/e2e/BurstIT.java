package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Large jobs are computed by pods of their own on virtual nodes, which do as the job's owner says. */
class BurstIT {
    private static final Release RELEASE = Release.named("burst")
            .bursting()
            .set("EXEC_COMMAND", "sleep 1; awk '/\"id\": \"broken\"/ { exit 3 } { print }'");
    private static final Freshet FRESHET = RELEASE.freshet();
    private static final Inspection INSPECTION = new Inspection(RELEASE);
    private static final Bursts BURSTS = new Bursts(RELEASE);
    private static final Calculations MANY = new Calculations(60);
    private static final String SLOWLY = "handler=exec&itemsPerJob=5";
    /** Parts that take long enough for somebody to interfere. */
    private static final String ONE_BY_ONE = "handler=exec&itemsPerJob=2";

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
    void aLargeJobIsComputedByPodsOnVirtualNodesAndWakesNoOther() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            FRESHET.awaitNoWorker();
            String job = gateway.submit(MANY.lines(), SLOWLY);

            Job made = BURSTS.awaitJob(job);
            BURSTS.awaitRunning(job, 4);

            assertThat(made.getSpec().getParallelism()).isEqualTo(4);
            assertThat(BURSTS.pods(job))
                    .allMatch(pod -> VirtualNodes.usual().contains(pod.getSpec().getNodeName()));
            assertThat(Bursts.isOnVirtualNodes(gateway.get("/jobs/" + job))).isTrue();
            assertThat(FRESHET.pods("worker")).isEmpty();
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void aSmallJobBurstsIfItAsksForThat() {
        Calculations few = new Calculations(4);
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(few.lines(), "handler=calculator&aci=1");

            BURSTS.awaitJob(job);

            INSPECTION.rightAndThenGone(gateway, job, few.results());
        }
    }

    @Test
    void aSuspendedBurstHasNoPodUntilItIsResumed() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), ONE_BY_ONE);
            FRESHET.awaitSucceeded(gateway, job, 1);

            gateway.post("/jobs/" + job + "/suspend", 200);
            BURSTS.awaitNoPod(job);

            JsonNode suspended = gateway.get("/jobs/" + job);
            assertThat(suspended.path("status").asText()).isEqualTo("Suspended");
            assertThat(suspended.path("succeeded").asInt()).isLessThan(30);
            gateway.post("/jobs/" + job + "/resume", 200);
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void aCanceledBurstLeavesNothingOnTheCluster() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), ONE_BY_ONE);
            FRESHET.awaitSucceeded(gateway, job, 1);

            gateway.post("/jobs/" + job + "/cancel", 200);

            FRESHET.awaitStatus(gateway, job, "Canceled");
            BURSTS.nothingLeft(job);
            gateway.delete("/jobs/" + job);
            INSPECTION.gone(gateway, job);
        }
    }

    @Test
    void aBurstThatIsDeletedInTheMiddleLeavesNothing() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), ONE_BY_ONE);
            BURSTS.awaitRunning(job, 2);

            gateway.delete("/jobs/" + job);

            INSPECTION.gone(gateway, job);
        }
    }

    @Test
    void aJobThatIsRemovedByHandIsMadeAgain() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), ONE_BY_ONE);
            FRESHET.awaitSucceeded(gateway, job, 1);

            Cluster.get().kubectl("delete", "job", job, "--namespace", RELEASE.namespace(), "--wait=false");

            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void whatFailedInABurstIsRunAgainByAnotherJob() {
        String lines = MANY.lines() + "{ \"id\": \"broken\" }\n";
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(lines, SLOWLY + "&aci=1");
            FRESHET.awaitStatus(gateway, job, "CompleteWithErrors");
            BURSTS.nothingLeft(job);

            gateway.post("/jobs/" + job + "/rerun?failedOnly=true", 200);

            assertThat(BURSTS.awaitJob(job).getMetadata().getName()).isEqualTo(job + "-g2");
            FRESHET.awaitStatus(gateway, job, "CompleteWithErrors");
            assertThat(gateway.get("/jobs/" + job).path("failed").asInt()).isEqualTo(1);
            gateway.delete("/jobs/" + job);
            INSPECTION.gone(gateway, job);
        }
    }
}

package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers come and go, by KEDA and by mishap, and a run does not notice. */
class ScalingIT {
    private static final Release RELEASE = Release.named("freshet").set("EXEC_COMMAND", "sleep 2; cat");
    private static final Freshet FRESHET = RELEASE.freshet();
    private static final Inspection INSPECTION = new Inspection(RELEASE);
    private static final Calculations FEW = new Calculations(4);
    private static final Calculations MANY = new Calculations(60);
    private static final String SLOWLY = "handler=exec&itemsPerJob=5";

    @BeforeAll
    static void install() {
        RELEASE.install();
    }

    @AfterAll
    static void remove() {
        RELEASE.close();
    }

    @Test
    void aSmallJobWakesAWorkerAndLetsItGo() {
        FRESHET.awaitNoWorker();
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(FEW.lines(), "handler=calculator");

            FRESHET.awaitWorkers(1);

            INSPECTION.rightAndThenGone(gateway, job, FEW.results());
        }
    }

    @Test
    void workersThatAreTakenAwayInTheMiddleOfTheirWorkLoseNothing() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);
            FRESHET.awaitWorkers(3);

            hold("1");
            FRESHET.awaitWorkersAtMost(1);
            hold("0");
            FRESHET.awaitWorkersAtMost(0);

            assertThat(gateway.get("/jobs/" + job).path("status").asText()).isEqualTo("Running");

            release();
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        } finally {
            release();
        }
    }

    @Test
    void aWorkerThatIsKilledLosesNothing() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);
            FRESHET.awaitWorkers(2);
            FRESHET.awaitSucceeded(gateway, job, 1);

            FRESHET.kill(FRESHET.ready("worker").getFirst());

            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void aWatcherThatIsKilledIsReplacedAndGoesOn() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);
            FRESHET.awaitSucceeded(gateway, job, 1);
            Pod watcher = FRESHET.ready("watcher").getFirst();

            FRESHET.kill(watcher);

            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
            assertThat(FRESHET.ready("watcher").getFirst().getMetadata().getUid())
                    .isNotEqualTo(watcher.getMetadata().getUid());
        }
    }

    @Test
    void aDrainedNodeTakesGatewayAndWatcherAlongAndTheJobGoesOn() {
        String job;
        try (ClusterGateway gateway = FRESHET.gateway()) {
            job = gateway.submit(MANY.lines(), SLOWLY);
            FRESHET.awaitSucceeded(gateway, job, 1);
        }
        Pod gatewayPod = FRESHET.ready("gateway").getFirst();

        assertThat(FRESHET.evict(gatewayPod)).isTrue();
        assertThat(FRESHET.evict(FRESHET.ready("watcher").getFirst())).isTrue();

        try (ClusterGateway gateway = FRESHET.gateway()) {
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void aSuspendedJobLetsItsWorkersGoAndGoesOnWhenResumed() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);
            FRESHET.awaitSucceeded(gateway, job, 1);

            gateway.post("/jobs/" + job + "/suspend", 200);
            FRESHET.awaitNoWorker();
            JsonNode suspended = gateway.get("/jobs/" + job);
            assertThat(suspended.path("status").asText()).isEqualTo("Suspended");
            assertThat(suspended.path("succeeded").asInt())
                    .isLessThan(suspended.path("parts").asInt());
            gateway.post("/jobs/" + job + "/resume", 200);

            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void aJobThatIsDeletedInTheMiddleLeavesNothing() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);
            FRESHET.awaitSucceeded(gateway, job, 1);

            gateway.delete("/jobs/" + job);

            INSPECTION.gone(gateway, job);
        }
    }

    /** Lets KEDA set this number of workers, whatever there is to do. */
    private static void hold(String workers) {
        annotate("autoscaling.keda.sh/paused-replicas=" + workers);
    }

    private static void release() {
        annotate("autoscaling.keda.sh/paused-replicas-");
    }

    private static void annotate(String annotation) {
        Cluster.get()
                .kubectl(
                        "annotate",
                        "scaledobject",
                        "--all",
                        "--namespace",
                        RELEASE.namespace(),
                        "--overwrite",
                        annotation);
    }
}

package io.freshet.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** KEDA asks two watchers in turn, is away for a while, or is told nothing because its object was removed. */
class KedaIT {
    private static final Release RELEASE =
            Release.named("pair").with("watcher", Map.of("replicas", 2)).set("EXEC_COMMAND", "sleep 1; cat");
    private static final Freshet FRESHET = RELEASE.freshet();
    private static final Inspection INSPECTION = new Inspection(RELEASE);
    private static final Calculations FEW = new Calculations(4);
    private static final Calculations MANY = new Calculations(60);
    private static final String ONE_BY_ONE = "handler=exec&itemsPerJob=2";

    @BeforeAll
    static void install() {
        RELEASE.install();
    }

    @AfterAll
    static void remove() {
        RELEASE.close();
    }

    @Test
    void twoWatchersAgreeSoThatWorkersAreNotTakenAwayInBetween() {
        FRESHET.awaitNoWorker();
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), ONE_BY_ONE);
            FRESHET.awaitWorkers(3);
            List<Integer> seen = new ArrayList<>();

            Freshet.await("the job is nearly done").until(() -> {
                seen.add(FRESHET.pods("worker").size());
                return gateway.get("/jobs/" + job).path("succeeded").asInt() >= 26;
            });

            assertThat(seen).doesNotContain(0);
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void oneOfTwoWatchersMayDie() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), ONE_BY_ONE);
            FRESHET.awaitSucceeded(gateway, job, 1);
            Pod watcher = FRESHET.ready("watcher").getFirst();

            FRESHET.kill(watcher);

            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = Machines.PROGRAM, matches = ".+", disabledReason = Machines.MISSING)
    void anOperatorOfKedaThatIsRestartedTakesNoWorkerAndWakesTheNextOnes() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), ONE_BY_ONE);
            FRESHET.awaitWorkers(2);
            Set<String> before = names();

            Machines.restart("keda-operator");

            assertThat(names()).containsAll(before);
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
            String next = gateway.submit(FEW.lines(), "handler=calculator");
            INSPECTION.rightAndThenGone(gateway, next, FEW.results());
        }
    }

    private static Set<String> names() {
        return FRESHET.pods("worker").stream()
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    @Test
    void whatWasRemovedByHandIsThereAgainAfterAnUpgradeAndTheJobGoesOn() {
        FRESHET.awaitNoWorker();
        Cluster.get()
                .kubectl(
                        "delete",
                        "scaledobject/pair-freshet-worker",
                        "deployment/pair-freshet-worker",
                        "--namespace",
                        RELEASE.namespace());
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(FEW.lines(), "handler=calculator");
            Freshet.await("job " + job + " waits for workers")
                    .until(() ->
                            gateway.get("/jobs/" + job).path("status").asText().equals("Running"));

            RELEASE.upgrade();

            INSPECTION.rightAndThenGone(gateway, job, FEW.results());
        }
    }
}

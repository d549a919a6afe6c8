package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** An orchestration by workers that know nothing of Freshet, installed by the values of durable-func-aks-keda's chart. */
class ForeignWorkerIT {
    private static final int INPUTS = 200;

    private final Release release = Release.named("compute")
            .with("image", Map.of("repository", "freshet-e2e-worker", "foreign", true))
            .with(
                    "scale",
                    Map.of(
                            "trigger",
                            "azure-queue",
                            "pollingInterval",
                            1,
                            "cooldownPeriod",
                            5,
                            "maxReplicaCount",
                            3,
                            "targetLengthOfQueue",
                            "20",
                            "loopSleepTimeInSeconds",
                            1));
    private final Freshet freshet = release.freshet();

    @AfterEach
    void remove() {
        release.close();
    }

    @Test
    void anOrchestrationOfTwoHundredInputsIsComputedByWorkersThatKedaStartsAndEnds() {
        release.install();
        freshet.awaitNoWorker();

        try (ClusterGateway gateway = freshet.gateway()) {
            JsonNode started = gateway.post("/api/orchestrators/ComputeOrchestrator?inputCount=" + INPUTS, 202);
            String instance =
                    URI.create(started.path("statusQueryGetUri").asText()).getPath();
            Freshet.await("the instance has ended")
                    .until(() -> gateway.document(instance)
                            .path("runtimeStatus")
                            .asText()
                            .equals("Completed"));

            JsonNode output = gateway.document(instance).path("output");
            assertThat(output.path("completed").asInt()).isEqualTo(INPUTS);
            assertThat(output.path("value").asInt()).isEqualTo(2 * INPUTS);
        }
        freshet.awaitNoWorker();
        assertThat(Storage.get().messages(release.queuePrefix())).isEmpty();
    }
}

package io.freshet.system.orchestration;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Instances;
import io.freshet.harness.service.Service;
import io.freshet.system.Scenario;
import io.freshet.system.cluster.Text;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An orchestration on all services, from its start to its output. */
final class OrchestrationIT extends Scenario {
    private static final int INPUTS = 1_000;

    private final Instances instances = new Instances(jobs.gateway());

    @Test
    void aThousandInputsAreComputedAndReduced() {
        JsonNode end = instances.finished(instances.started("?inputCount=" + INPUTS, ""));

        assertThat(end.path("runtimeStatus").asText()).as("%s", end).isEqualTo("Completed");
        assertThat(end.path("output").path("total").asInt()).isEqualTo(INPUTS);
        assertThat(end.path("output").path("value").asInt()).isEqualTo(2 * INPUTS);
        assertThat(end.path("customStatus").path("completed").asInt()).isEqualTo(INPUTS);
    }

    @Test
    void inputsAreTakenAsTheyAreGiven() {
        JsonNode end = instances.finished(instances.started("", "{\"inputs\":[[1,2],[3.5],[]]}"));

        assertThat(end.path("output").path("value").asDouble()).isEqualTo(6.5);
    }

    /** They know nothing of Freshet: they read a message, write an output, and delete the message. */
    @Test
    void workersOfTheOriginalCanBeTheOnlyOnes() {
        freshet.services().stream()
                .filter(service -> service.name().startsWith("worker"))
                .forEach(Service::kill9);
        String id = instances.started("?inputCount=20", "");
        QueueClient queue = storage.queue("input");

        Awaitility.await().atMost(Patience.LIMIT).until(() -> {
            queue.receiveMessages(32).forEach(message -> work(id, queue, message));
            return !Instances.isUnderWay(instances.status(id));
        });

        assertThat(instances.status(id).path("output").path("value").asInt()).isEqualTo(60);
    }

    private void work(String id, QueueClient queue, QueueMessageItem message) {
        JsonNode work = Gateway.parse(message.getBody().toString());
        assertThat(work.path("instance_id").asText()).isEqualTo(id);
        String output = work.path("path_to_data").asText();
        storage.upload("output", output, Text.bytes("{\"input_id\":" + work.path("input_id") + ",\"result\":3}"));
        queue.deleteMessage(message.getMessageId(), message.getPopReceipt());
    }
}

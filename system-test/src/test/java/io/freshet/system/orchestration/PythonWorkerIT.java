package io.freshet.system.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Instances;
import io.freshet.harness.service.Service;
import io.freshet.system.Scenario;
import io.freshet.system.cluster.Storage;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers of others, who know no more than the form of messages and blobs, as the only ones and beside ours. */
final class PythonWorkerIT extends Scenario {
    private static Path python;

    private final Instances instances = new Instances(jobs.gateway());
    private final Storage inputs = storage.of("input");
    private final Storage outputs = storage.of("output");
    private final List<PythonWorker> workers = new ArrayList<>();

    @BeforeAll
    static void prepare() {
        python = PythonWorker.python();
    }

    @AfterEach
    void nothingWentWrongInThem() {
        Awaitility.await("all messages are taken").atMost(Patience.LIMIT).until(() -> storage.depth("input") == 0);
        boolean alive = workers.stream().allMatch(PythonWorker::isAlive);
        workers.forEach(PythonWorker::close);
        assertThat(workers).extracting(PythonWorker::log).allMatch(String::isEmpty);
        assertThat(alive).as("no worker has ended").isTrue();
    }

    @Test
    void theyCanBeTheOnlyOnes() {
        freshet.workers().forEach(Service::kill9);
        start(2);

        String id = instances.started("?inputCount=60", "");

        assertSum(instances.finished(id), 60);
        assertThat(ofOurs(id)).as("outputs of our workers").isEmpty();
        Awaitility.await("no input is left")
                .atMost(Patience.LIMIT)
                .until(() -> inputs.names(id + "/").isEmpty());
    }

    @Test
    void besideOursEachItemHasOneOutput() {
        freshet.workers().forEach(Service::pause);
        String id = instances.started("?inputCount=150", "");
        start(1);
        Awaitility.await("some are done")
                .atMost(Patience.LIMIT)
                .until(() -> outputs.names(id + "/").size() > 5);
        Map<String, String> first = etags(id);

        freshet.workers().forEach(Service::resume);

        assertSum(instances.finished(id), 150);
        assertThat(etags(id)).hasSize(150).containsAllEntriesOf(first);
        assertThat(ofOurs(id)).as("outputs of our workers").isNotEmpty();
    }

    @Test
    void whatOneOfOursHasFinishedFirstStays() {
        freshet.workers().forEach(Service::pause);
        String id = instances.started("?inputCount=20", "");
        Awaitility.await("all messages are there").atMost(Patience.LIMIT).until(() -> storage.visible("input") == 20);
        List<String> messages = storage.peek("input");
        freshet.workers().forEach(Service::resume);
        assertSum(instances.finished(id), 20);
        Map<String, String> finished = etags(id);
        freshet.workers().forEach(Service::kill9);

        messages.forEach(message -> storage.send("input", message));
        start(1);

        Awaitility.await("they are taken").atMost(Patience.LIMIT).until(() -> storage.depth("input") == 0);
        assertThat(etags(id)).isEqualTo(finished);
        assertThat(ofOurs(id)).hasSize(20);
        assertSum(instances.status(id), 20);
    }

    @Test
    void anInputThatTheyCannotComputeEndsAndIsNamed() {
        freshet.workers().forEach(Service::kill9);
        start(1);

        JsonNode end = instances.finished(instances.started("", "{\"inputs\":[[1,2],\"x\",{\"y\":1}]}"));

        assertThat(end.path("runtimeStatus").asText()).isEqualTo("Failed");
        assertThat(end.path("output").asText())
                .contains("2 of 3 items failed")
                .contains("input 1: unsupported operand type(s) for +: 'int' and 'str'");
    }

    @Test
    void aMessageThatIsNoneOfOursEndsNoWorker() {
        freshet.workers().forEach(Service::kill9);
        for (String message : List.of("no JSON", "[]", "{\"input_id\":0}")) {
            storage.send("input", message);
        }
        start(1);

        assertSum(instances.finished(instances.started("?inputCount=5", "")), 5);
    }

    private void start(int count) {
        for (int i = 0; i < count; i++) {
            workers.add(PythonWorker.start(python, freshet));
        }
    }

    private static void assertSum(JsonNode status, int inputs) {
        assertThat(status.path("runtimeStatus").asText()).as("%s", status).isEqualTo("Completed");
        assertThat(status.path("output").path("total").asInt()).isEqualTo(inputs);
        assertThat(status.path("output").path("value").asInt()).isEqualTo(2 * inputs);
    }

    /** Each output and its version. */
    private Map<String, String> etags(String id) {
        return outputs.names(id + "/").stream().collect(Collectors.toMap(Function.identity(), outputs::etag));
    }

    /** Ours say which instance an output is of. */
    private List<String> ofOurs(String id) {
        return outputs.names(id + "/").stream()
                .filter(name -> Gateway.parse(Gateway.text(outputs.read(name))).has("instance_id"))
                .toList();
    }
}

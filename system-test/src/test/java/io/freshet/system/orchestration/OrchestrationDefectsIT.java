package io.freshet.system.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Instances;
import io.freshet.harness.fault.History;
import io.freshet.harness.service.Service;
import io.freshet.system.Scenario;
import io.freshet.system.cluster.Events;
import io.freshet.system.cluster.Storage;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.system.cluster.Text;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the original orchestrator and its workers got wrong, by the numbers of the list of their defects. */
final class OrchestrationDefectsIT extends Scenario {
    private final Instances instances = new Instances(jobs.gateway());
    private final Storage outputs = storage.of("output");

    @Test
    void defect12AWorkerDiedAtTheEndOfItsFirstLoopWithWorkOrWithout() {
        List<Long> begun = freshet.workers().stream().map(Service::pid).toList();

        for (int i = 0; i < 3; i++) {
            assertThat(completed(instances.started("?inputCount=4", ""))
                            .path("value")
                            .asInt())
                    .isEqualTo(8);
            Awaitility.await("there is no work").atMost(Patience.LIMIT).until(() -> storage.depth("input") == 0);
        }

        assertThat(freshet.workers()).allMatch(Service::isAlive);
        assertThat(freshet.workers()).extracting(Service::pid).isEqualTo(begun);
    }

    @Test
    void defect13AnItemThatWasDeliveredAgainFailedForEver() {
        String id = prepared(3);
        String output = id + "/1.json";
        outputs.upload("output", output, Text.bytes("{\"input_id\":1,\"result\":40}"));
        String etag = outputs.etag(output);

        freshet.workers().forEach(Service::resume);

        assertThat(completed(id).path("value").asInt()).isEqualTo(44);
        assertThat(outputs.etag(output)).isEqualTo(etag);
        Awaitility.await("no message comes again").atMost(Patience.LIMIT).until(() -> storage.depth("input") == 0);
        assertThat(storage.takeAll("input-poison")).isEmpty();
    }

    @Test
    void defect13AnItemThatCannotBeComputedCameBackForEver() {
        JsonNode end = instances.finished(instances.started("", "{\"inputs\":[[1],\"x\"]}"));

        assertThat(end.path("runtimeStatus").asText()).isEqualTo("Failed");
        assertThat(end.path("output").asText()).contains("1 of 2 items failed: input 1: ");
        Awaitility.await("the message is put aside")
                .atMost(Patience.LIMIT)
                .until(() -> storage.takeAll("input-poison").size() == 1);
        assertThat(storage.depth("input")).isZero();
    }

    @Test
    void defect14DuplicatesOfOneEventFinishedAllOfAnInstance() {
        String id = prepared(3);
        outputs.upload("output", id + "/0.json", Text.bytes("{\"input_id\":0,\"result\":2}"));

        for (int i = 0; i < 10; i++) {
            instances.raise(id, "ComputeComplete", "\"" + id + "/0.json\"");
            storage.sendBase64("events", Events.blobCreated("output", id + "/0.json"));
        }
        Awaitility.await("the events are taken").atMost(Patience.LIMIT).until(() -> storage.depth("events") == 0);
        Awaitility.await("the output is counted")
                .atMost(Patience.LIMIT)
                .until(() -> instances.status(id).at("/customStatus/completed").asInt() > 0);

        JsonNode status = instances.status(id);
        assertThat(status.path("runtimeStatus").asText()).isEqualTo("Running");
        assertThat(status.at("/customStatus/completed").asInt()).isEqualTo(1);
        freshet.workers().forEach(Service::resume);
        assertThat(completed(id).path("value").asInt()).isEqualTo(6);
    }

    @Test
    void defect15AnInstanceHadNoOutput() {
        String id = instances.started("?inputCount=5", "");

        JsonNode output = completed(id);

        assertThat(output.path("completed").asInt()).isEqualTo(5);
        assertThat(output.path("failed").asInt()).isZero();
        assertThat(output.path("total").asInt()).isEqualTo(5);
        assertThat(output.path("outputs").asText()).isEqualTo("output/" + id + "/");
        assertThat(output.path("value").asInt()).isEqualTo(10);
        assertThat(outputs.names(id + "/")).hasSize(5);
    }

    /** So that a crash between the two leaves something that comes again, and nothing that nobody knows of. */
    @Test
    void defect15AMessageWasDeletedBeforeAllElseWasDone() {
        try (TestedFreshet proxied = TestedFreshet.named("order").behindProxy().start()) {
            Instances watched = new Instances(proxied.jobs().gateway());
            watched.finished(watched.started("?inputCount=6", ""));
            Awaitility.await("the messages are gone")
                    .atMost(Patience.LIMIT)
                    .until(() -> deletions(proxied).size() == 6);

            for (History.Entry deletion : deletions(proxied)) {
                String path = Gateway.parse(deletion.deletedMessage().orElseThrow())
                        .path("path_to_data")
                        .asText();
                History.Entry output = entries(proxied).stream()
                        .filter(entry ->
                                entry.changed() && entry.request().target().equals("output/" + path))
                        .findFirst()
                        .orElseThrow();
                assertThat(output.ended()).as("output of %s", path).isLessThan(deletion.arrived());
            }
        }
    }

    private static List<History.Entry> deletions(TestedFreshet proxied) {
        return entries(proxied).stream()
                .filter(entry -> entry.changed()
                        && entry.deletedMessage()
                                .filter(text -> text.contains("path_to_data"))
                                .isPresent())
                .toList();
    }

    private static List<History.Entry> entries(TestedFreshet proxied) {
        return proxied.proxy().history().since(0);
    }

    /** An instance whose messages are all there, and whose workers stand still. */
    private String prepared(int inputs) {
        freshet.workers().forEach(Service::pause);
        String id = instances.started("?inputCount=" + inputs, "");
        Awaitility.await("all messages are there")
                .atMost(Patience.LIMIT)
                .until(() -> storage.visible("input") == inputs);
        return id;
    }

    private JsonNode completed(String id) {
        JsonNode end = instances.finished(id);
        assertThat(end.path("runtimeStatus").asText()).as("%s", end).isEqualTo("Completed");
        return end.path("output");
    }
}

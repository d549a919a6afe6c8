package io.freshet.system.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Jobs;
import io.freshet.system.cluster.Storage;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One instance of an orchestration, as its client sees it. Whatever is asked may have been done by an earlier
 * request whose answer was lost: then the refusal is as good.
 */
public final class Instance {
    /** A gateway that dies before it has told the watcher leaves a mark, which is looked at after a minute. */
    private static final Set<String> UNDER_WAY = Set.of("Pending", "Running");

    private static final String INSTANCES = "/runtime/webhooks/durabletask/instances/";

    private final String name;
    private final String id;
    private final Jobs jobs;
    private final Storage storage;

    public Instance(String name, String id, Jobs jobs, Storage storage) {
        this.name = name;
        this.id = id;
        this.jobs = jobs;
        this.storage = storage;
    }

    public void start(String input) {
        jobs.gateway().ask("POST", "/api/orchestrators/" + name + "/" + id, input, Set.of(202, 409));
    }

    public void raise(String event) {
        jobs.gateway().ask("POST", INSTANCES + id + "/raiseEvent/" + event, "1", Set.of(202, 410));
    }

    public void rewind() {
        jobs.gateway().ask("POST", INSTANCES + id + "/rewind", "", Set.of(202, 412));
    }

    public void purge() {
        jobs.gateway().ask("DELETE", INSTANCES + id, "", Set.of(200, 404));
    }

    private JsonNode status() {
        return jobs.gateway().document(INSTANCES + id);
    }

    /** Waits for its end, which has to be this one. */
    public JsonNode awaitEnd(String status) {
        JsonNode end = Awaitility.await("the end of " + id)
                .atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(
                        this::status,
                        now -> !UNDER_WAY.contains(now.path("runtimeStatus").asText()));
        assertThat(end.path("runtimeStatus").asText()).as("%s", end).isEqualTo(status);
        return end;
    }

    /** Every input counts once, and its output is the only one of its number. */
    public void awaitCompleted(int inputs, double value) {
        JsonNode output = awaitEnd("Completed").path("output");

        assertThat(output.path("completed").asInt()).as("%s", output).isEqualTo(inputs);
        assertThat(output.path("total").asInt()).as("%s", output).isEqualTo(inputs);
        assertThat(output.path("failed").asInt()).as("%s", output).isZero();
        assertThat(output.path("value").asDouble()).as("%s", output).isEqualTo(value);
        String prefix = output.path("outputs").asText().replaceFirst("^output/", "");
        List<String> expected = IntStream.range(0, inputs)
                .mapToObj(i -> prefix + i + ".json")
                .sorted()
                .toList();
        assertThat(storage.names("output", prefix)).isEqualTo(expected);
    }

    public void awaitOutput(String output) {
        assertThat(awaitEnd("Completed").path("output")).hasToString(output);
    }

    /** Where the outputs of the last end lie. */
    public String outputs() {
        return status().path("output").path("outputs").asText().replaceFirst("^output/", "");
    }

    /** Waits until nothing is left of it but its generation, and what says when somebody looks once more. */
    public void awaitGone() {
        Awaitility.await("all of " + id + " is gone").atMost(Patience.LIMIT).untilAsserted(() -> {
            assertThat(storage.names("steps/")).as("runs of steps").isEmpty();
            assertThat(storage.names("events/")).as("events").isEmpty();
            assertThat(storage.names("lines/")).as("lines").isEmpty();
            assertThat(storage.names("input", "")).as("inputs").isEmpty();
            assertThat(storage.names("output", "")).as("outputs").isEmpty();
        });
        assertThat(jobs.gateway().status(INSTANCES + id)).isEqualTo(404);
    }

    /** Waits until nothing is left in a folder of inputs and outputs. */
    public void awaitGone(String folder) {
        Awaitility.await("all in " + folder + " is gone").atMost(Patience.LIMIT).untilAsserted(() -> {
            assertThat(storage.names("input", folder)).as("inputs").isEmpty();
            assertThat(storage.names("output", folder)).as("outputs").isEmpty();
        });
    }
}

package io.freshet.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.instance.HistoryEvent;
import io.freshet.instance.Inputs;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.Position;
import io.freshet.instance.RuntimeStatus;
import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON form of an instance. Version 1; unknown fields are ignored, so fields can be added. A purged instance leaves
 * a document with only its generation.
 */
final class InstanceDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;
    private static final String PURGED = "purgedGeneration";

    private InstanceDocument() {}

    /**
     * Content of a document.
     *
     * @param instance absent if it was purged
     * @param generation of the current or purged instance
     */
    record Found(Optional<Instance> instance, int generation) {}

    static byte[] write(Instance instance) {
        ObjectNode node = envelope().put("id", instance.id().text());
        writeRequest(node.putObject("request"), instance.request());
        node.put("execution", instance.execution().token())
                .put("generation", instance.execution().generation())
                .put("status", instance.status().label());
        writePosition(node.putObject("position"), instance.position());
        put(node, "output", instance.values().output());
        put(node, "customStatus", instance.values().customStatus());
        put(node, "kept", instance.values().kept());
        put(node, "received", instance.values().received());
        put(node, "created", instance.created());
        put(node, "updated", instance.updated());
        instance.history().forEach(event -> node.withArray("history").add(HistoryDocument.write(event)));
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] purged(int generation) {
        return envelope().put(PURGED, generation).toString().getBytes(StandardCharsets.UTF_8);
    }

    static Found read(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node.path("v").asInt() != VERSION) {
                throw new IllegalArgumentException(
                        "version " + node.path("v").asText() + "; this service reads " + VERSION);
            }
            return node.has(PURGED)
                    ? new Found(Optional.empty(), node.path(PURGED).asInt())
                    : new Found(
                            Optional.of(instance(node)), node.path("generation").asInt());
        } catch (IOException | RuntimeException e) {
            throw new Permanent(FailureCode.MALFORMED, "Unreadable document of an instance: " + e.getMessage(), e);
        }
    }

    private static ObjectNode envelope() {
        return JSON.createObjectNode().put("v", VERSION);
    }

    private static Instance instance(JsonNode node) {
        List<HistoryEvent> history = new ArrayList<>();
        node.path("history").forEach(event -> history.add(HistoryDocument.read(event)));
        return new Instance(
                new InstanceId(node.path("id").asText()),
                request(node.path("request")),
                new Instance.Execution(
                        node.path("execution").asText(), node.path("generation").asInt()),
                RuntimeStatus.read(node.path("status").asText()).orElseThrow(),
                position(node.path("position")),
                new Instance.Values(
                        text(node, "output"), text(node, "customStatus"), text(node, "kept"), text(node, "received")),
                Instant.parse(node.path("created").asText()),
                Instant.parse(node.path("updated").asText()),
                history);
    }

    private static void writeRequest(ObjectNode node, Instance.Request request) {
        node.put("name", request.name());
        put(node, "version", request.version());
        put(node, "input", request.input());
        put(node, "owner", request.owner());
        if (request.lines() != null) {
            writeInputs(node.putObject("lines"), request.lines());
        }
    }

    private static Instance.Request request(JsonNode node) {
        Inputs.Stored lines =
                node.has("lines") && inputs(node.path("lines")) instanceof Inputs.Stored stored ? stored : null;
        return new Instance.Request(
                node.path("name").asText(), text(node, "version"), text(node, "input"), lines, text(node, "owner"));
    }

    private static void writePosition(ObjectNode node, Position position) {
        switch (position) {
            case Position.NotBegun p -> node.put("is", "NotBegun");
            case Position.Ended p -> node.put("is", "Ended");
            case Position.InStep p -> {
                node.put("is", "InStep")
                        .put("number", p.number())
                        .put("run", p.run().toString())
                        .put("generation", p.generation())
                        .put("function", p.step().function());
                writeInputs(node.putObject("inputs"), p.step().inputs());
            }
            case Position.Waiting p -> {
                node.put("is", "Waiting").put("steps", p.steps()).put("event", p.event());
                put(node, "due", p.due());
            }
            case Position.Undecided p ->
                node.put("is", "Undecided").put("steps", p.steps()).put("cause", p.cause());
        }
    }

    private static Position position(JsonNode node) {
        int steps = node.path("steps").asInt();
        return switch (node.path("is").asText()) {
            case "NotBegun" -> new Position.NotBegun();
            case "Ended" -> new Position.Ended();
            case "InStep" ->
                new Position.InStep(
                        node.path("number").asInt(),
                        RunId.parse(node.path("run").asText()),
                        node.path("generation").asInt(),
                        new Position.Step(node.path("function").asText(), inputs(node.path("inputs"))));
            case "Waiting" -> {
                String due = text(node, "due");
                yield new Position.Waiting(steps, node.path("event").asText(), due == null ? null : Instant.parse(due));
            }
            case "Undecided" -> new Position.Undecided(steps, node.path("cause").asText());
            default ->
                throw new IllegalArgumentException(
                        "position '" + node.path("is").asText() + "'");
        };
    }

    private static void writeInputs(ObjectNode node, Inputs inputs) {
        switch (inputs) {
            case Inputs.Generated i -> node.put("generated", i.count());
            case Inputs.Given i -> i.values().forEach(node.putArray("given")::add);
            case Inputs.Stored i -> node.put("stored", i.blob()).put("count", i.count());
            case Inputs.Existing i -> node.put("existing", i.prefix());
        }
    }

    private static Inputs inputs(JsonNode node) {
        if (node.has("generated")) {
            return new Inputs.Generated(node.path("generated").asInt());
        }
        if (node.has("stored")) {
            return new Inputs.Stored(
                    node.path("stored").asText(), node.path("count").asInt());
        }
        if (node.has("existing")) {
            return new Inputs.Existing(node.path("existing").asText());
        }
        List<String> values = new ArrayList<>();
        node.path("given").forEach(value -> values.add(value.asText()));
        return new Inputs.Given(values);
    }

    static void put(ObjectNode node, String field, @Nullable Object value) {
        if (value != null) {
            node.put(field, value.toString());
        }
    }

    static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }
}

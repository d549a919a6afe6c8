package io.freshet.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.instance.InstanceId;
import io.freshet.run.RunId;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.run.WorkItem.Part;

/**
 * The JSON form of our messages. Version 1; readers ignore unknown fields, so fields can be added. What cannot be read
 * fails with MALFORMED and is never quoted in full.
 */
public final class MessageCodec {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;
    private static final String PATH = "path_to_data";
    private static final String DATA = "data";

    private MessageCodec() {}

    public static String write(WorkMessage message) {
        return switch (message) {
            case WorkMessage.ComputeItem m -> item(m).toString();
            case WorkMessage.MergeResults m ->
                envelope("merge", m.run()).put("generation", m.generation()).toString();
        };
    }

    private static ObjectNode item(WorkMessage.ComputeItem message) {
        return switch (message.item()) {
            case Part part ->
                envelope("part", message.run())
                        .put("item", part.item())
                        .put("firstByte", part.firstByte())
                        .put("bytes", part.bytes())
                        .put("firstLine", part.firstLine())
                        .put("lines", part.lines())
                        .put("attempts", message.attempts());
            case InputBlob blob -> input(message, blob);
        };
    }

    /** The first three are what the original's workers know; they ignore the rest. */
    private static ObjectNode input(WorkMessage.ComputeItem message, InputBlob blob) {
        ObjectNode node = JSON.createObjectNode()
                .put("input_id", blob.item())
                .put("instance_id", blob.instance())
                .put(PATH, blob.path())
                .put("run", message.run().toString())
                .put("attempts", message.attempts());
        return blob.data() == null || blob.data().length() > WorkMessage.LONGEST_DATA
                ? node
                : node.put(DATA, blob.data());
    }

    private static WorkMessage.ComputeItem readInput(JsonNode node) {
        InputBlob blob = new InputBlob(
                integer(node, "input_id"),
                node.path("instance_id").asText(),
                node.path(PATH).asText(),
                node.hasNonNull(DATA) ? node.path(DATA).asText() : null);
        return new WorkMessage.ComputeItem(
                run(node), blob, node.path("attempts").asInt());
    }

    public static WorkMessage readWork(String text) {
        JsonNode node = parse(text);
        try {
            if (node.has(PATH)) {
                return readInput(node);
            }
            RunId run = RunId.parse(node.path("run").asText());
            return switch (node.path("kind").asText()) {
                case "part" ->
                    new WorkMessage.ComputeItem(
                            run, part(node), node.path("attempts").asInt());
                case "merge" -> new WorkMessage.MergeResults(run, integer(node, "generation"));
                default -> throw unknownKind(node);
            };
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    public static String write(ControlMessage message) {
        return switch (message) {
            case ControlMessage.RunChanged m -> envelope("changed", m.run()).toString();
            case ControlMessage.ItemFailed m ->
                envelope("failed", m.run())
                        .put("item", m.item())
                        .put("reason", m.reason())
                        .toString();
            case ControlMessage.InstanceChanged m ->
                envelope("instance").put("instance", m.instance().text()).toString();
            case ControlMessage.OutputsSeen m ->
                envelope("outputs").put("instance", m.instance().text()).toString();
            case ControlMessage.Probe m ->
                envelope("probe").put("name", m.name()).toString();
        };
    }

    public static ControlMessage readControl(String text) {
        JsonNode node = parse(text);
        try {
            return switch (node.path("kind").asText()) {
                case "changed" -> new ControlMessage.RunChanged(run(node));
                case "failed" ->
                    new ControlMessage.ItemFailed(
                            run(node),
                            integer(node, "item"),
                            node.path("reason").asText());
                case "instance" ->
                    new ControlMessage.InstanceChanged(
                            new InstanceId(node.path("instance").asText()));
                case "outputs" ->
                    new ControlMessage.OutputsSeen(
                            new InstanceId(node.path("instance").asText()));
                case "probe" -> new ControlMessage.Probe(node.path("name").asText());
                default -> throw unknownKind(node);
            };
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    private static Part part(JsonNode node) {
        return new Part(
                integer(node, "item"),
                whole(node, "firstByte"),
                whole(node, "bytes"),
                whole(node, "firstLine"),
                whole(node, "lines"));
    }

    private static ObjectNode envelope(String kind, RunId run) {
        return envelope(kind).put("run", run.toString());
    }

    private static ObjectNode envelope(String kind) {
        return JSON.createObjectNode().put("v", VERSION).put("kind", kind);
    }

    private static RunId run(JsonNode node) {
        return RunId.parse(node.path("run").asText());
    }

    private static JsonNode parse(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Permanent(FailureCode.MALFORMED, "Not JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new Permanent(FailureCode.MALFORMED, "Not a JSON object");
        }
        int version = node.path("v").asInt();
        if (version != VERSION && !node.has(PATH)) {
            throw new Permanent(
                    FailureCode.MALFORMED, "Message version " + version + "; this service reads version " + VERSION);
        }
        return node;
    }

    private static int integer(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw notWhole(field);
        }
        return value.intValue();
    }

    private static long whole(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw notWhole(field);
        }
        return value.longValue();
    }

    private static IllegalArgumentException notWhole(String field) {
        return new IllegalArgumentException("'" + field + "' is missing, too large or not a whole number");
    }

    private static Permanent unknownKind(JsonNode node) {
        return new Permanent(
                FailureCode.MALFORMED,
                "Unknown kind of message '" + node.path("kind").asText() + "'");
    }

    private static Permanent malformed(IllegalArgumentException e) {
        return new Permanent(FailureCode.MALFORMED, "Malformed message: " + e.getMessage(), e);
    }
}

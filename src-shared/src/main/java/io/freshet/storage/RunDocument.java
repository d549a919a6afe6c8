package io.freshet.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.Dispatch;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.ItemSet;
import io.freshet.run.Progress;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunSpec;
import io.freshet.run.RunState;
import io.freshet.run.Timeline;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The JSON form of a run, {@code run.json}. Version 1; unknown fields are ignored, so fields can be added. */
final class RunDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private RunDocument() {}

    static byte[] write(Run run) {
        ObjectNode node =
                JSON.createObjectNode().put("v", VERSION).put("id", run.id().toString());
        writeSpec(node.putObject("spec"), run.spec());
        ItemsJson.write(node, run.spec().items());
        writeState(node.putObject("state"), run.state());
        writeProgress(node.putObject("progress"), run.progress());
        writeDispatch(node.putObject("dispatch"), run.dispatch());
        LocationJson.write(node.putObject("location"), run.location());
        writeTimeline(node.putObject("timeline"), run.timeline());
        put(node, "deletedAt", run.deletedAt());
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Run read(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node.path("v").asInt() != VERSION) {
                throw new IllegalArgumentException(
                        "version " + node.path("v").asText() + "; this service reads " + VERSION);
            }
            return run(node);
        } catch (IOException | RuntimeException e) {
            throw new Permanent(FailureCode.MALFORMED, "Unreadable run document: " + e.getMessage(), e);
        }
    }

    private static Run run(JsonNode node) {
        return new Run(
                RunId.parse(node.path("id").asText()),
                spec(node.path("spec"), node.path("size")),
                state(node.path("state")),
                progress(node.path("progress")),
                dispatch(node.path("dispatch")),
                LocationJson.read(node.path("location")),
                timeline(node.path("timeline")),
                instant(node, "deletedAt"));
    }

    private static void writeSpec(ObjectNode node, RunSpec spec) {
        node.put("handler", spec.handler());
        put(node, "name", spec.name());
        put(node, "idempotencyKey", spec.idempotencyKey());
        put(node, "owner", spec.owner());
        RunSpec.Placement placement = spec.placement();
        node.put("parallelism", placement.parallelism())
                .put("burst", placement.burst().name());
        put(node, "gpu", placement.gpu());
        node.put("gpuQuantity", placement.gpuQuantity());
    }

    private static RunSpec spec(JsonNode node, JsonNode size) {
        return new RunSpec(
                node.path("handler").asText(),
                ItemsJson.read(node, size),
                text(node, "name"),
                new RunSpec.Placement(
                        node.path("parallelism").asInt(),
                        RunSpec.Burst.valueOf(node.path("burst").asText()),
                        text(node, "gpu"),
                        node.path("gpuQuantity").asInt()),
                text(node, "idempotencyKey"),
                text(node, "owner"));
    }

    private static void writeState(ObjectNode node, RunState state) {
        put(node, "since", state.since());
        switch (state) {
            case RunState.Pending s -> node.put("is", "Pending");
            case RunState.Running s -> node.put("is", "Running");
            case RunState.Suspended s -> node.put("is", "Suspended");
            case RunState.Finalizing s -> node.put("is", "Finalizing");
            case RunState.Completed s -> node.put("is", "Completed");
            case RunState.CompletedWithErrors s ->
                node.put("is", "CompletedWithErrors").put("reason", s.reason());
            case RunState.Failed s -> node.put("is", "Failed").put("reason", s.reason());
            case RunState.Canceled s -> node.put("is", "Canceled").put("reason", s.reason());
        }
    }

    private static RunState state(JsonNode node) {
        Instant since = requiredInstant(node, "since");
        String reason = node.path("reason").asText();
        return switch (node.path("is").asText()) {
            case "Pending" -> new RunState.Pending(since);
            case "Running" -> new RunState.Running(since);
            case "Suspended" -> new RunState.Suspended(since);
            case "Finalizing" -> new RunState.Finalizing(since);
            case "Completed" -> new RunState.Completed(since);
            case "CompletedWithErrors" -> new RunState.CompletedWithErrors(since, reason);
            case "Failed" -> new RunState.Failed(since, reason);
            case "Canceled" -> new RunState.Canceled(since, reason);
            default ->
                throw new IllegalArgumentException("state '" + node.path("is").asText() + "'");
        };
    }

    private static void writeProgress(ObjectNode node, Progress progress) {
        node.put("done", progress.done().encode())
                .put("failed", progress.failed().encode())
                .put("withErrors", progress.withErrors().encode())
                .put("lines", progress.tally().lines())
                .put("rejectedLines", progress.tally().rejectedLines());
        ArrayNode failures = node.putArray("failures");
        progress.failures()
                .forEach(f -> failures.addObject().put("item", f.item()).put("reason", f.reason()));
    }

    private static Progress progress(JsonNode node) {
        List<ItemOutcome.Failed> failures = new ArrayList<>();
        node.path("failures")
                .forEach(f -> failures.add(new ItemOutcome.Failed(
                        f.path("item").asInt(), f.path("reason").asText())));
        return new Progress(
                ItemSet.decode(node.path("done").asText()),
                ItemSet.decode(node.path("failed").asText()),
                ItemSet.decode(node.path("withErrors").asText()),
                new Tally(
                        node.path("lines").asLong(), node.path("rejectedLines").asLong()),
                failures);
    }

    private static void writeDispatch(ObjectNode node, Dispatch dispatch) {
        put(node, "at", dispatch.at());
        node.put("cursor", dispatch.cursor())
                .put("repeats", dispatch.repeats())
                .put("generation", dispatch.generation());
    }

    /** A document without a cursor is from before windows, when messages for all items were sent at once. */
    private static Dispatch dispatch(JsonNode node) {
        Instant at = instant(node, "at");
        return new Dispatch(
                at,
                node.path("cursor").asInt(at == null ? Dispatch.NONE : Dispatch.ALL),
                node.path("repeats").asInt(),
                node.path("generation").asInt());
    }

    private static void writeTimeline(ObjectNode node, Timeline timeline) {
        put(node, "submitted", timeline.submitted());
        put(node, "started", timeline.started());
        put(node, "progressed", timeline.progressed());
        put(node, "ended", timeline.ended());
        node.put("workedMillis", timeline.worked().toMillis());
        put(node, "firstDispatched", timeline.firsts().dispatched());
        put(node, "firstSettled", timeline.firsts().settled());
    }

    private static Timeline timeline(JsonNode node) {
        return new Timeline(
                requiredInstant(node, "submitted"),
                instant(node, "started"),
                instant(node, "progressed"),
                instant(node, "ended"),
                Duration.ofMillis(node.path("workedMillis").asLong()),
                new Timeline.Firsts(instant(node, "firstDispatched"), instant(node, "firstSettled")));
    }

    private static void put(ObjectNode node, String field, @Nullable Object value) {
        if (value != null) {
            node.put(field, value.toString());
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }

    private static @Nullable Instant instant(JsonNode node, String field) {
        String value = text(node, field);
        return value == null ? null : Instant.parse(value);
    }

    private static Instant requiredInstant(JsonNode node, String field) {
        return Instant.parse(node.path(field).asText());
    }
}

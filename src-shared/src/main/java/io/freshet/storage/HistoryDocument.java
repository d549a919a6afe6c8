package io.freshet.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.instance.HistoryEvent;
import io.freshet.instance.RuntimeStatus;
import io.freshet.run.RunId;

import java.time.Instant;

import static io.freshet.storage.InstanceDocument.put;
import static io.freshet.storage.InstanceDocument.text;

/** JSON form of the history of an instance, a part of its document. */
final class HistoryDocument {
    private HistoryDocument() {}

    static ObjectNode write(HistoryEvent event) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("at", event.at().toString());
        switch (event) {
            case HistoryEvent.Started e -> {
                node.put("is", "Started").put("name", e.name()).put("generation", e.generation());
                put(node, "input", e.input());
            }
            case HistoryEvent.StepStarted e ->
                node.put("is", "StepStarted")
                        .put("step", e.step())
                        .put("function", e.function())
                        .put("run", e.run().toString());
            case HistoryEvent.StepCompleted e ->
                task(node.put("is", "StepCompleted").put("step", e.step()), e.task())
                        .put("result", e.result());
            case HistoryEvent.StepFailed e ->
                task(node.put("is", "StepFailed").put("step", e.step()), e.task())
                        .put("reason", e.failure().reason())
                        .put("details", e.failure().details());
            case HistoryEvent.EventRaised e ->
                node.put("is", "EventRaised").put("name", e.name()).put("input", e.input());
            case HistoryEvent.Suspended e -> put(node.put("is", "Suspended"), "reason", e.reason());
            case HistoryEvent.Resumed e -> put(node.put("is", "Resumed"), "reason", e.reason());
            case HistoryEvent.Terminated e -> put(node.put("is", "Terminated"), "reason", e.reason());
            case HistoryEvent.Ended e ->
                put(node.put("is", "Ended").put("status", e.status().label()), "result", e.result());
            case HistoryEvent.Generic e -> put(node.put("is", "Generic"), "data", e.data());
        }
        return node;
    }

    static HistoryEvent read(JsonNode node) {
        Instant at = Instant.parse(node.path("at").asText());
        String function = node.path("function").asText();
        int step = node.path("step").asInt();
        return switch (node.path("is").asText()) {
            case "Started" ->
                new HistoryEvent.Started(
                        at,
                        node.path("name").asText(),
                        text(node, "input"),
                        node.path("generation").asInt());
            case "StepStarted" ->
                new HistoryEvent.StepStarted(
                        at, step, function, RunId.parse(node.path("run").asText()));
            case "StepCompleted" ->
                new HistoryEvent.StepCompleted(
                        at, step, task(node), node.path("result").asText());
            case "StepFailed" ->
                new HistoryEvent.StepFailed(
                        at,
                        step,
                        task(node),
                        new HistoryEvent.Failure(
                                node.path("reason").asText(),
                                node.path("details").asText()));
            case "EventRaised" ->
                new HistoryEvent.EventRaised(
                        at, node.path("name").asText(), node.path("input").asText());
            default -> command(at, node);
        };
    }

    private static HistoryEvent command(Instant at, JsonNode node) {
        return switch (node.path("is").asText()) {
            case "Suspended" -> new HistoryEvent.Suspended(at, text(node, "reason"));
            case "Resumed" -> new HistoryEvent.Resumed(at, text(node, "reason"));
            case "Terminated" -> new HistoryEvent.Terminated(at, text(node, "reason"));
            case "Ended" ->
                new HistoryEvent.Ended(
                        at, RuntimeStatus.read(node.path("status").asText()).orElseThrow(), text(node, "result"));
            case "Generic" -> new HistoryEvent.Generic(at, text(node, "data"));
            default ->
                throw new IllegalArgumentException("event '" + node.path("is").asText() + "'");
        };
    }

    private static ObjectNode task(ObjectNode node, HistoryEvent.Task task) {
        return node.put("function", task.function())
                .put("scheduled", task.scheduled().toString());
    }

    private static HistoryEvent.Task task(JsonNode node) {
        return new HistoryEvent.Task(
                node.path("function").asText(),
                Instant.parse(node.path("scheduled").asText()));
    }
}

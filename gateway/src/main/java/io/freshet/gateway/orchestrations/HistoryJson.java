package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.instance.HistoryEvent;
import io.freshet.instance.HistoryEvent.Task;
import io.freshet.instance.Instance;
import io.freshet.instance.RaisedEvent;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code historyEvents} as the original writes them: a step is one task, shown with its outcome once it is over. */
final class HistoryJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String INPUT = "Input";

    private final boolean withInputs;
    private final boolean withResults;

    HistoryJson(boolean withInputs, boolean withResults) {
        this.withInputs = withInputs;
        this.withResults = withResults;
    }

    /** @param untaken raised events that the instance has not waited for yet */
    ArrayNode of(Instance instance, List<RaisedEvent> untaken) {
        Set<Integer> over =
                instance.history().stream().flatMap(HistoryJson::stepThatIsOver).collect(Collectors.toSet());
        Stream<HistoryEvent> raised =
                untaken.stream().map(e -> new HistoryEvent.EventRaised(e.at(), e.name(), e.payload()));
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        Stream.concat(instance.history().stream(), raised)
                .filter(e -> !(e instanceof HistoryEvent.StepStarted s && over.contains(s.step())))
                .sorted(Comparator.comparing(HistoryEvent::at))
                .map(this::json)
                .forEach(events::add);
        if (!withInputs) {
            events.forEach(event -> ((ObjectNode) event).remove(INPUT));
        }
        return events;
    }

    private static Stream<Integer> stepThatIsOver(HistoryEvent event) {
        return switch (event) {
            case HistoryEvent.StepCompleted e -> Stream.of(e.step());
            case HistoryEvent.StepFailed e -> Stream.of(e.step());
            default -> Stream.empty();
        };
    }

    private ObjectNode json(HistoryEvent event) {
        return switch (event) {
            case HistoryEvent.Started e -> started(e);
            case HistoryEvent.StepStarted e ->
                at(type("TaskScheduled"), e).put("FunctionName", e.function()).putNull(INPUT);
            case HistoryEvent.StepCompleted e -> task(at(result(type("TaskCompleted"), e.result()), e), e.task());
            case HistoryEvent.StepFailed e -> failed(e);
            case HistoryEvent.EventRaised e ->
                at(
                        type("EventRaised")
                                .put("Name", e.name())
                                .put(INPUT, e.input())
                                .putNull("ParentTraceContext"),
                        e);
            case HistoryEvent.Suspended e -> at(type("ExecutionSuspended").put("Reason", e.reason()), e);
            case HistoryEvent.Resumed e -> at(type("ExecutionResumed").put("Reason", e.reason()), e);
            case HistoryEvent.Terminated e -> at(type("ExecutionTerminated").put(INPUT, e.reason()), e);
            case HistoryEvent.Ended e ->
                at(
                        result(
                                        type("ExecutionCompleted")
                                                .put(
                                                        "OrchestrationStatus",
                                                        e.status().label()),
                                        e.result())
                                .putNull("FailureDetails"),
                        e);
            case HistoryEvent.Generic e ->
                at(JsonNodeFactory.instance.objectNode().put("Data", e.data()).put("EventType", "GenericEvent"), e);
        };
    }

    private static ObjectNode started(HistoryEvent.Started e) {
        ObjectNode json = type("ExecutionStarted")
                .put(INPUT, e.input())
                .putNull("Correlation")
                .putNull("ParentTraceContext")
                .putNull("ScheduledStartTime")
                .put("Generation", e.generation())
                .put("GenerateNewTrace", false);
        return at(json, e).put("FunctionName", e.name());
    }

    private static ObjectNode failed(HistoryEvent.StepFailed e) {
        String reason = "Activity function '" + e.task().function() + "' failed: "
                + e.failure().reason();
        ObjectNode json = type("TaskFailed")
                .put("Reason", reason)
                .put("Details", e.failure().details())
                .putNull("FailureDetails");
        return task(at(json, e), e.task());
    }

    private ObjectNode result(ObjectNode json, @Nullable String text) {
        return withResults ? json.set("Result", value(text)) : json;
    }

    private static ObjectNode task(ObjectNode json, Task task) {
        return json.put("ScheduledTime", time(task.scheduled()).replace("Z", "+00:00"))
                .put("FunctionName", task.function())
                .putNull(INPUT);
    }

    private static ObjectNode type(String name) {
        return JsonNodeFactory.instance.objectNode().put("EventType", name);
    }

    private static ObjectNode at(ObjectNode json, HistoryEvent event) {
        return json.put("Timestamp", time(event.at()));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS).toString();
    }

    /** The value that a JSON text of ours holds. */
    static JsonNode value(@Nullable String text) {
        try {
            return text == null ? NullNode.instance : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An instance holds invalid JSON", e);
        }
    }
}

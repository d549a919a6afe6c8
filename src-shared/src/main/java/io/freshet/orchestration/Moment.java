package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.jspecify.annotations.Nullable;

/**
 * A moment at which an orchestration has to decide.
 *
 * @param steps number of steps that have been computed
 * @param step result of the step that has just been computed, if it was a step
 * @param event payload of the event that has just arrived, if it was an event; the Python client sends JSON as a string
 * @param kept what the last decision kept for this one, or JSON null
 */
public record Moment(
        Start start,
        int steps,
        @Nullable StepSummary step,
        @Nullable JsonNode event,
        JsonNode kept) {

    /** Whether waiting for an event has timed out. */
    public boolean isTimeout() {
        return step == null && event == null;
    }

    /** The reduced value, or the event's payload; JSON null after a time-out or without a reducer. */
    public JsonNode value() {
        if (step != null) {
            return step.value();
        }
        return event == null ? NullNode.instance : event;
    }
}

package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.jspecify.annotations.Nullable;

/**
 * Where an orchestration has to decide.
 *
 * @param steps how many steps have been done
 * @param step what the step came to that has just been done, if it was a step
 * @param event payload of the event that has just come, if it was one; Python's client sends JSON as a string
 * @param kept what the last decision wanted to see again, JSON null if nothing
 */
public record Moment(
        Start start,
        int steps,
        @Nullable StepSummary step,
        @Nullable JsonNode event,
        JsonNode kept) {

    /** Whether an event was waited for in vain. */
    public boolean isTimeout() {
        return step == null && event == null;
    }

    /** The reduced value, or the event's payload; JSON null after a time-out, or if nothing reduces. */
    public JsonNode value() {
        if (step != null) {
            return step.value();
        }
        return event == null ? NullNode.instance : event;
    }
}

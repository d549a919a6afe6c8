package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The result of a step all of whose items succeeded.
 *
 * @param items number of items
 * @param outputs container and prefix of the names of its outputs
 * @param value result of the reducer, or JSON null without one
 */
public record StepSummary(int items, String outputs, JsonNode value) {

    /** The form that clients see. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("completed", items)
                .put("failed", 0)
                .put("total", items)
                .put("outputs", outputs);
        return json.set("value", value);
    }

    /** Reads what {@link #json} made. */
    public static StepSummary read(JsonNode json) {
        JsonNode value = json.path("value");
        return new StepSummary(
                json.path("total").asInt(),
                json.path("outputs").asText(),
                value.isMissingNode() ? NullNode.instance : value);
    }
}

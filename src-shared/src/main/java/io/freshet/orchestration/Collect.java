package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Collects all results into an array, in the order of the items; for results that together fit into memory. */
public final class Collect implements Reducer {
    private final ArrayNode results = JsonNodeFactory.instance.arrayNode();

    @Override
    public void add(int item, JsonNode result) {
        results.add(result);
    }

    @Override
    public JsonNode value() {
        return results;
    }
}

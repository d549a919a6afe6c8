package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Keeps all results as an array, in the order of the items; for results that fit into memory together. */
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

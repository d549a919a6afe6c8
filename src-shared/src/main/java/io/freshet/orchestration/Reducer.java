package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;

/** Reduces a step's results to one value. Used by one thread, for one step. */
public interface Reducer {

    /**
     * Adds the next result. Results arrive in the order of the items; failed items are left out.
     *
     * @param item 0-based
     */
    void add(int item, JsonNode result);

    JsonNode value();
}

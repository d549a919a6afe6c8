package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes one value of a step's results; used by one thread, for one step. */
public interface Reducer {

    /**
     * Takes the next result. They come in the order of the items; one that failed is left out.
     *
     * @param item 0-based
     */
    void add(int item, JsonNode result);

    JsonNode value();
}

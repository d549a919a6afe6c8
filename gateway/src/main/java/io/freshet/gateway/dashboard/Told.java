package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing that those who look are told.
 *
 * @param type name of the server-sent event
 */
record Told(String type, JsonNode data) {

    /** As an event that nobody goes on from. */
    String text() {
        return "event:" + type + "\ndata:" + data + "\n\n";
    }

    /** As an event that a client can go on from. */
    String text(String id) {
        return "id:" + id + "\n" + text();
    }
}

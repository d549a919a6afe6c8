package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;

import java.util.List;

/**
 * What can be watched.
 *
 * @param <T> what is read from storage
 */
interface View<T> {

    /** Reads storage; changes nothing here. */
    Uni<T> read();

    /** Takes what was read, and returns what has changed since the last time. Never called concurrently. */
    List<Event> changes(T found);

    /** Everything, for a viewer who knows nothing yet. Never called before the first {@link #changes}. */
    List<Event> whole();

    /**
     * An event for all viewers.
     *
     * @param type name of the server-sent event
     */
    record Event(String type, JsonNode data) {

        /** Without an id: a client cannot resume from it. */
        String text() {
            return "event:" + type + "\ndata:" + data + "\n\n";
        }

        /** With an id, from which a client can resume. */
        String text(String id) {
            return "id:" + id + "\n" + text();
        }
    }
}

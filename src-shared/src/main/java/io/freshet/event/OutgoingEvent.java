package io.freshet.event;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An event to be published.
 *
 * @param id unique for its source; receivers use it to drop duplicates
 * @param type such as {@code Freshet.Job.Completed}
 * @param subject what the event is about, a path that subscriptions filter by
 * @param data written as JSON by the application's ObjectMapper; a string becomes a JSON string
 * @param source source of the event (CloudEvents only); null: the channel's attribute {@code source}
 */
public record OutgoingEvent(
        String id,
        String type,
        String subject,
        Instant time,
        Object data,
        @Nullable String source) {

    /**
     * Turns any message into an event with its payload as the data. The components are those of {@link OutgoingEvent}.
     */
    public record Metadata(
            String id,
            String type,
            String subject,
            Instant time,
            @Nullable String source) {

        public OutgoingEvent with(Object data) {
            return new OutgoingEvent(id, type, subject, time, data, source);
        }
    }
}

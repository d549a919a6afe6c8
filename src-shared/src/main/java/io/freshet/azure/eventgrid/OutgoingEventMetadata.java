package io.freshet.azure.eventgrid;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Makes an event of any message: its payload becomes the data. The components are those of {@link OutgoingEvent}. */
public record OutgoingEventMetadata(
        String id,
        String type,
        String subject,
        Instant time,
        @Nullable String source) {

    OutgoingEvent with(Object data) {
        return new OutgoingEvent(id, type, subject, time, data, source);
    }
}

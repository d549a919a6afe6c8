package io.freshet.azure.eventgrid;

import java.time.Instant;

/** An event to publish. */
public record OutgoingEvent(String id, String type, String subject, Instant time, Object data) {}

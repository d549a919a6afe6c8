package io.freshet.instance;

import java.time.Instant;

/**
 * An event raised by a client.
 *
 * @param blob name of its blob
 * @param payload JSON text
 */
public record RaisedEvent(String blob, String name, String payload, Instant at) {}

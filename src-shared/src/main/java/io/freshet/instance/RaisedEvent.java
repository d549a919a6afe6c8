package io.freshet.instance;

import java.time.Instant;

/**
 * An event that a client raised.
 *
 * @param blob where it lies
 * @param payload JSON text
 */
public record RaisedEvent(String blob, String name, String payload, Instant at) {}

package io.freshet.telemetry;

import io.quarkus.logging.LoggingFilter;

import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log what the HTTP client of the Azure SDK says when a connection breaks under a request: the request
 * itself fails, is repeated, and says so where it matters.
 */
@LoggingFilter(name = "broken-connections")
public final class BrokenConnections implements Filter {
    private static final String CONNECTION = "io.vertx.core.net.impl.ConnectionBase";
    /** The client's adapter fails a promise twice, for the request and for its answer. */
    private static final String FAILED_TWICE = "Result is already complete";

    @Override
    public boolean isLoggable(LogRecord line) {
        Throwable thrown = line.getThrown();
        boolean failedTwice = thrown instanceof IllegalStateException && FAILED_TWICE.equals(thrown.getMessage());
        return !failedTwice && !CONNECTION.equals(line.getLoggerName());
    }
}

package io.freshet.telemetry;

import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log what the HTTP client of the Azure SDK says when a connection breaks under a request: the request
 * itself fails, is repeated, and says so where it matters.
 */
public final class BrokenConnections implements Filter {
    /** They have no other way to report what nobody asks for any more. */
    private static final Set<String> LAST_RESORTS = Set.of(
            "io.vertx.core.net.impl.ConnectionBase",
            "io.vertx.core.http.impl.HttpClientRequestImpl",
            "reactor.core.publisher.Operators",
            "com.azure.core.implementation.RetriableDownloadFlux");
    /** The client's adapter fails what has failed already: for the request and for its answer. */
    private static final Set<String> FAILED_TWICE =
            Set.of("Result is already complete", "Self-suppression not permitted");

    @Override
    public boolean isLoggable(LogRecord line) {
        Throwable thrown = line.getThrown();
        boolean failedTwice =
                thrown instanceof RuntimeException && FAILED_TWICE.contains(String.valueOf(thrown.getMessage()));
        boolean lastResort = LAST_RESORTS.contains(String.valueOf(line.getLoggerName()));
        // an Error has nothing to do with connections: a native executable lacks something
        return thrown instanceof Error || !(failedTwice || lastResort);
    }
}

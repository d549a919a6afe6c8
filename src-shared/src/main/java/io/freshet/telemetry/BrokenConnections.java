package io.freshet.telemetry;

import io.freshet.failure.FreshetException;
import org.jspecify.annotations.Nullable;

import java.util.NoSuchElementException;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log what the HTTP client of the Azure SDK says when a connection breaks under a request, and what a
 * call comes to when its caller has given up: the request itself fails, is repeated, and says so where it matters.
 */
public final class BrokenConnections implements Filter {
    /** They have no other way to report what nobody asks for any more. */
    private static final Set<String> LAST_RESORTS = Set.of(
            "io.vertx.core.net.impl.ConnectionBase",
            "io.vertx.core.http.impl.HttpClientRequestImpl",
            "io.vertx.core.http.impl.HttpClientResponseImpl",
            "reactor.core.publisher.Operators",
            "com.azure.core.implementation.RetriableDownloadFlux");
    /** Says what a call failed with whose answer came when nobody waited for it any more. */
    private static final String DROPPED = "io.quarkus.mutiny.runtime.MutinyInfrastructure";
    /** Where the client ends up when it writes a request to a connection that is gone. */
    private static final String EXECUTOR = "io.netty.util.concurrent.AbstractEventExecutor";
    /** The client's adapter fails what has failed already: for the request and for its answer. */
    private static final Set<String> FAILED_TWICE =
            Set.of("Result is already complete", "Self-suppression not permitted");

    @Override
    public boolean isLoggable(LogRecord line) {
        // an Error has nothing to do with connections: a native executable lacks something
        return line.getThrown() instanceof Error || !isEcho(String.valueOf(line.getLoggerName()), line.getThrown());
    }

    private static boolean isEcho(String logger, @Nullable Throwable thrown) {
        return LAST_RESORTS.contains(logger)
                || (logger.equals(DROPPED) && thrown instanceof FreshetException)
                || (logger.equals(EXECUTOR) && thrown instanceof NoSuchElementException)
                || (thrown instanceof RuntimeException && FAILED_TWICE.contains(String.valueOf(thrown.getMessage())));
    }
}

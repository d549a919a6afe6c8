package io.freshet.telemetry;

import io.freshet.failure.FreshetException;
import io.freshet.settings.StartFailureFilter;
import io.quarkus.logging.LoggingFilter;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Suppresses or rewrites log records. Quarkus accepts only one filter per handler. */
@LoggingFilter(name = "freshet")
public final class LogFilter implements Filter {
    private final List<Filter> filters = List.of(new StartFailureFilter(), new BrokenConnections());

    @Override
    public boolean isLoggable(LogRecord line) {
        return filters.stream().allMatch(filter -> filter.isLoggable(line));
    }

    /**
     * Suppresses what the Azure SDK's HTTP client logs when a connection breaks during a request, and the outcome of
     * calls whose caller has given up. The request itself fails and is retried, which is logged where it matters.
     */
    public static final class BrokenConnections implements Filter {
        /** They have no other way to report outcomes that nobody is waiting for. */
        private static final Set<String> LAST_RESORTS = Set.of(
                "io.vertx.core.net.impl.ConnectionBase",
                "io.vertx.core.http.impl.HttpClientRequestImpl",
                "io.vertx.core.http.impl.HttpClientResponseImpl",
                "reactor.core.publisher.Operators",
                "com.azure.core.implementation.RetriableDownloadFlux");
        /** Reports the failure of a call that nobody is waiting for any more. */
        private static final String DROPPED = "io.quarkus.mutiny.runtime.MutinyInfrastructure";
        /** Reports a request written to a closed connection. */
        private static final String EXECUTOR = "io.netty.util.concurrent.AbstractEventExecutor";
        /** The client's adapter fails twice: for the request and for its response. */
        private static final Set<String> FAILED_TWICE =
                Set.of("Result is already complete", "Self-suppression not permitted");

        @Override
        public boolean isLoggable(LogRecord line) {
            // an Error is not about connections: a native executable lacks something
            return line.getThrown() instanceof Error || !isEcho(String.valueOf(line.getLoggerName()), line.getThrown());
        }

        private static boolean isEcho(String logger, @Nullable Throwable thrown) {
            return LAST_RESORTS.contains(logger)
                    || (logger.equals(DROPPED) && thrown instanceof FreshetException)
                    || (logger.equals(EXECUTOR) && thrown instanceof NoSuchElementException)
                    || (thrown instanceof RuntimeException
                            && FAILED_TWICE.contains(String.valueOf(thrown.getMessage())));
        }
    }
}

package io.freshet.telemetry;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.telemetry.LogFilter.BrokenConnections;
import org.junit.jupiter.api.Test;

import java.util.NoSuchElementException;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import static org.assertj.core.api.Assertions.assertThat;

class BrokenConnectionsTest {
    private final BrokenConnections filter = new BrokenConnections();

    @Test
    void whatTheClientSaysOfABrokenConnectionIsLeftOut() {
        assertThat(filter.isLoggable(line("io.vertx.core.net.impl.ConnectionBase", null)))
                .isFalse();
        assertThat(filter.isLoggable(line("io.vertx.core.http.impl.HttpClientResponseImpl", null)))
                .isFalse();
        assertThat(filter.isLoggable(
                        line("io.netty.util.concurrent.AbstractEventExecutor", new NoSuchElementException())))
                .isFalse();
        assertThat(filter.isLoggable(line("reactor.core.publisher.Operators", null)))
                .isFalse();
        assertThat(filter.isLoggable(line("com.azure.core.implementation.RetriableDownloadFlux", null)))
                .isFalse();
        assertThat(filter.isLoggable(line("any", new IllegalStateException("Result is already complete"))))
                .isFalse();
        assertThat(filter.isLoggable(line("any", new IllegalArgumentException("Self-suppression not permitted"))))
                .isFalse();
    }

    @Test
    void whatNobodyWaitsForIsLeftOutOnlyWhenItIsAnAnswerOfStorage() {
        String logger = "io.quarkus.mutiny.runtime.MutinyInfrastructure";

        assertThat(filter.isLoggable(
                        line(logger, new Transient(FailureCode.STORAGE_UNAVAILABLE, "GetBlob: no answer", null))))
                .isFalse();
        assertThat(filter.isLoggable(line(
                        logger,
                        new Permanent(FailureCode.NOT_FOUND, "GetBlobProperties answered 404 BlobNotFound", null))))
                .isFalse();
        assertThat(filter.isLoggable(line(logger, new IllegalStateException("a mistake"))))
                .isTrue();
    }

    @Test
    void anErrorIsLoggedWhoeverTellsOfIt() {
        assertThat(filter.isLoggable(line("reactor.core.publisher.Operators", new NoClassDefFoundError("missing"))))
                .isTrue();
    }

    @Test
    void everythingElseIsLogged() {
        assertThat(filter.isLoggable(line("any", null))).isTrue();
        assertThat(filter.isLoggable(line("any", new IllegalStateException("Something else"))))
                .isTrue();
    }

    private static LogRecord line(String logger, Throwable thrown) {
        LogRecord line = new LogRecord(Level.SEVERE, "Connection reset");
        line.setLoggerName(logger);
        line.setThrown(thrown);
        return line;
    }
}

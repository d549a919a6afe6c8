package io.freshet.gateway.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Counts requests that were let in, and those that were not. */
@Singleton
final class AccessMetrics {
    private final MeterRegistry registry;

    AccessMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param result {@code accepted missing refused forbidden unavailable} */
    void count(HttpServerRequest request, String result) {
        registry.counter("freshet.auth", "mode", Credentials.kind(request), "result", result)
                .increment();
    }
}

package io.freshet.gateway.access;

import io.vertx.core.http.HttpServerRequest;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Records who was let in: what is logged of a request names the caller. */
final class AccessFilter {
    private static final String USER = "user";

    private final Callers callers;
    private final AccessMetrics metrics;

    AccessFilter(Callers callers, AccessMetrics metrics) {
        this.callers = callers;
        this.metrics = metrics;
    }

    @ServerRequestFilter
    void note(HttpServerRequest request) {
        metrics.count(request, "accepted");
        String name = callers.current().name();
        if (name != null) {
            MDC.put(USER, name);
        }
    }
}

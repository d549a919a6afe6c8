package io.freshet.azure.queue;

import io.opentelemetry.api.trace.Span;
import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A small application on the connector. */
@ApplicationScoped
@IfBuildProfile(ConnectorProfile.NAME)
public class WiredApplication {
    private final Emitter<Object> emitter;
    private final Map<String, String> traces = new ConcurrentHashMap<>();

    WiredApplication(@Channel("wired-out") Emitter<Object> emitter) {
        this.emitter = emitter;
    }

    Emitter<Object> emitter() {
        return emitter;
    }

    /** Trace ids by received payload. */
    Map<String, String> traces() {
        return traces;
    }

    @Incoming("wired-in")
    Uni<Void> receive(String payload) {
        traces.put(payload, Span.current().getSpanContext().getTraceId());
        return payload.contains("please fail")
                ? Uni.createFrom().failure(new IllegalStateException("failed as asked"))
                : Uni.createFrom().voidItem();
    }
}

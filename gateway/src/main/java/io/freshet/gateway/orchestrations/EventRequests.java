package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Raises an event, or says why it cannot: first whether an instance takes it, then whether it can be read. */
@Singleton
final class EventRequests {
    private static final String JSON = "application/json";

    private final InstanceCommands commands;

    EventRequests(InstanceCommands commands) {
        this.commands = commands;
    }

    /** Call on the request's event loop. */
    Uni<Response> raise(String id, String event, HttpServerRequest request, Caller caller) {
        String type = request.getHeader("Content-Type");
        return RequestText.of(request)
                .flatMap(body -> commands.receiver(id, caller)
                        .flatMap(instance -> commands.raise(instance, event, payload(type, body))))
                .replaceWith(() -> DurableAnswers.empty(202));
    }

    private static String payload(@Nullable String type, String body) {
        if (type == null || !JSON.equals(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
            throw DurableError.bad("Only application/json request content is supported");
        }
        return LenientJson.beginning(body).toString();
    }
}

package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.failure.Transient;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** Answers of this API, errors included. */
final class DurableAnswers {
    static final String JSON = "application/json; charset=utf-8";
    private static final Logger LOG = Logger.getLogger(DurableAnswers.class);
    private static final Duration STORAGE_BACK_OFF = Duration.ofSeconds(5);

    private DurableAnswers() {}

    /** The result of the action, or the error that it fails with. */
    static Uni<Response> of(Supplier<Uni<? extends Response>> action) {
        return Uni.createFrom().<Response>deferred(action).onFailure().recoverWithItem(DurableAnswers::failed);
    }

    static Response.ResponseBuilder json(int status, @Nullable JsonNode body) {
        Response.ResponseBuilder response = Response.status(status);
        return body == null
                ? response
                : response.header(HttpHeaders.CONTENT_TYPE, JSON)
                        .entity(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Response empty(int status) {
        return Response.status(status).build();
    }

    private static Response failed(Throwable failure) {
        return switch (failure) {
            case DurableError e -> json(e.status(), e.body()).build();
            case Transient e -> unavailable(e);
            default -> internal(failure);
        };
    }

    private static Response unavailable(Transient failure) {
        LOG.warnf("A request could not be served: %s", failure.getMessage());
        Duration later = failure.retryAfter().orElse(STORAGE_BACK_OFF);
        return json(503, DurableError.message("Storage does not answer now; try again later"))
                .header(HttpHeaders.RETRY_AFTER, Math.max(1, later.toSeconds()))
                .build();
    }

    private static Response internal(Throwable failure) {
        LOG.error("A request failed", failure);
        return json(
                        500,
                        DurableError.message(DurableError.WENT_WRONG)
                                .put("ExceptionMessage", "The cause is in the gateway's log"))
                .build();
    }
}

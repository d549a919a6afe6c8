package io.freshet.gateway.problem;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.message.JobDocument;
import io.freshet.run.IllegalTransition;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Turns whatever ends a request into a problem; what is our own fault is logged and not told. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Duration STORAGE_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration UPLOAD_BACK_OFF = Duration.ofSeconds(2);

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return answer(e.type(), e.getMessage(), e.retryAfter());
    }

    @ServerExceptionMapper
    Response illegal(IllegalTransition e) {
        String status = JobDocument.status(e.state());
        return answer(
                ProblemType.ILLEGAL_STATE,
                "Job " + e.id() + " is " + status + ": cannot " + e.operation() + " it",
                null);
    }

    @ServerExceptionMapper
    Response known(FreshetException e) {
        return switch (e) {
            case Transient t -> unavailable(t);
            case Permanent p -> permanent(p);
        };
    }

    private static Response unavailable(Transient e) {
        if (e.code() == FailureCode.OVERLOADED) {
            return answer(ProblemType.OVERLOADED, "There are too many uploads now; try again later", UPLOAD_BACK_OFF);
        }
        LOG.warnf("A request could not be served: %s", e.getMessage());
        return answer(
                ProblemType.STORAGE_UNAVAILABLE,
                "Storage does not answer now; try again later",
                e.retryAfter().orElse(STORAGE_BACK_OFF));
    }

    private static Response permanent(Permanent e) {
        return switch (e.code()) {
            case INPUT_TOO_LARGE -> answer(ProblemType.INPUT_TOO_LARGE, e.getMessage(), null);
            case TOO_SLOW -> answer(ProblemType.TOO_SLOW, e.getMessage(), null);
            case LINE_TOO_LONG -> answer(ProblemType.LINE_TOO_LONG, e.getMessage(), null);
            case UNSUPPORTED_FORMAT -> answer(ProblemType.UNSUPPORTED_FORMAT, e.getMessage(), null);
            case MALFORMED -> answer(ProblemType.MALFORMED_BODY, e.getMessage(), null);
            case NOT_FOUND -> answer(ProblemType.JOB_NOT_FOUND, e.getMessage(), null);
            default -> internal(e);
        };
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status == Response.Status.NOT_FOUND.getStatusCode()) {
            return answer(ProblemType.NOT_FOUND, "There is nothing here; see /q/openapi", null);
        }
        String reason = e.getResponse().getStatusInfo().getReasonPhrase();
        return Response.fromResponse(e.getResponse())
                .entity(new Problem(ProblemType.REFUSED.urn(), reason, status, refusal(status, e)))
                .type(Problem.MEDIA_TYPE)
                .build();
    }

    /** In a client's words where the framework has its own. */
    private static @Nullable String refusal(int status, WebApplicationException e) {
        return switch (status) {
            case 405 -> "This resource does not take the method; see /q/openapi";
            case 406 -> "This resource has no form that the Accept header allows; see /q/openapi";
            case 415 -> "Content-Type is no media type: leave it out, or send application/x-ndjson";
            default -> e.getMessage();
        };
    }

    @ServerExceptionMapper
    Response unknown(RuntimeException e) {
        return internal(e);
    }

    private static Response internal(Throwable e) {
        LOG.error("A request failed", e);
        return answer(ProblemType.INTERNAL, "The cause is in the gateway's log", null);
    }

    private static Response answer(ProblemType type, @Nullable String detail, @Nullable Duration retryAfter) {
        Response.ResponseBuilder response = Response.status(type.status())
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem(type.urn(), type.title(), type.status(), detail));
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()));
        }
        return response.build();
    }
}

package io.freshet.gateway.problem;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.job.JobDocument;
import io.freshet.run.IllegalTransition;
import io.freshet.run.RunState;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/** Turns whatever ends a request into a problem; what is our own fault is logged and not told. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Duration STORAGE_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration UPLOAD_BACK_OFF = Duration.ofSeconds(2);

    private final Refusals refusals;

    ProblemMappers(Refusals refusals) {
        this.refusals = refusals;
    }

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return answer(e.type(), e.getMessage(), e.retryAfter());
    }

    @ServerExceptionMapper
    Response illegal(IllegalTransition e) {
        String status = JobDocument.status(e.state());
        return answer(
                ProblemType.ILLEGAL_STATE,
                "Job " + e.id() + " is " + status + ": cannot " + e.operation() + " it; " + possible(e),
                null);
    }

    private static String possible(IllegalTransition e) {
        boolean rerun = e.operation().equals("rerun");
        return switch (e.state()) {
            case RunState.Pending s -> "it can be suspended, canceled or deleted";
            case RunState.Running s -> "it can be suspended, canceled or deleted";
            case RunState.Suspended s -> "it can be resumed, canceled or deleted";
            case RunState.Finalizing s -> "it is being merged, and can be canceled or deleted";
            case RunState.Repeatable s -> "its failed parts can be rerun, or it can be deleted";
            case RunState.Finished s -> rerun ? "to have it computed again, submit it again" : "it can be deleted";
        };
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

    /** What the framework refuses, in our words: its own are for those who write the service. */
    @ServerExceptionMapper
    Response framework(WebApplicationException e, ContainerRequestContext request) {
        int status = e.getResponse().getStatus();
        if (status == Response.Status.NOT_FOUND.getStatusCode()) {
            return answer(ProblemType.NOT_FOUND, refusals.nothingAt(request), null);
        }
        String reason = e.getResponse().getStatusInfo().getReasonPhrase();
        return Response.fromResponse(e.getResponse())
                .entity(new Problem(ProblemType.REFUSED.urn(), reason, status, refusals.text(status, request)))
                .type(Problem.MEDIA_TYPE)
                .build();
    }

    @ServerExceptionMapper
    Response unknown(RuntimeException e) {
        return internal(e);
    }

    private static Response internal(Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "A request failed: %s", id);
        return answer(ProblemType.INTERNAL, "The cause is in the gateway's log, beside " + id, null);
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

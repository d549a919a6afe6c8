package io.freshet.gateway.problem;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import java.time.Duration;
import java.util.UUID;

/** Turns whatever ends a request into a problem. Our own faults are logged, and their cause is not disclosed. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Duration STORAGE_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration UPLOAD_BACK_OFF = Duration.ofSeconds(2);

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return e.response();
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
            return ProblemException.retryable(
                            ProblemType.OVERLOADED, "There are too many uploads now; try again later", UPLOAD_BACK_OFF)
                    .response();
        }
        LOG.warnf("A request could not be served: %s", e.getMessage());
        return ProblemException.retryable(
                        ProblemType.STORAGE_UNAVAILABLE,
                        "Storage does not answer now; try again later",
                        e.retryAfter().orElse(STORAGE_BACK_OFF))
                .response();
    }

    private static Response permanent(Permanent e) {
        return switch (e.code()) {
            case INPUT_TOO_LARGE -> answer(ProblemType.INPUT_TOO_LARGE, e);
            case TOO_SLOW -> answer(ProblemType.TOO_SLOW, e);
            case LINE_TOO_LONG -> answer(ProblemType.LINE_TOO_LONG, e);
            case UNSUPPORTED_FORMAT -> answer(ProblemType.UNSUPPORTED_FORMAT, e);
            case MALFORMED -> answer(ProblemType.MALFORMED_BODY, e);
            case NOT_FOUND -> answer(ProblemType.JOB_NOT_FOUND, e);
            default -> internal(e);
        };
    }

    @ServerExceptionMapper
    Response unknown(RuntimeException e) {
        return internal(e);
    }

    private static Response internal(Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "A request failed: %s", id);
        return new ProblemException(ProblemType.INTERNAL, "The cause is in the gateway's log, next to " + id)
                .response();
    }

    private static Response answer(ProblemType type, Permanent e) {
        return new ProblemException(type, String.valueOf(e.getMessage())).response();
    }
}

package io.freshet.gateway.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import java.time.Duration;
import java.util.Map;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final transient Map<String, Object> headers;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    /** @param headers of the answer */
    public ProblemException(ProblemType type, String detail, Map<String, Object> headers) {
        super(detail);
        this.type = type;
        this.headers = headers;
    }

    /** @param what goes after the parameter's name */
    public static ProblemException badParameter(String parameter, String what) {
        return new ProblemException(ProblemType.BAD_PARAMETER, parameter + " " + what);
    }

    /** What keeps the request from being served now, and when trying again makes sense. */
    public static ProblemException retryable(ProblemType type, String detail, Duration retryAfter) {
        return new ProblemException(type, detail, Map.of(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds())));
    }

    public ProblemType type() {
        return type;
    }

    /** The answer, {@code application/problem+json}. */
    public Response response() {
        Response.ResponseBuilder response = Response.status(type.status())
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem(type.urn(), type.title(), type.status(), getMessage()));
        headers.forEach(response::header);
        return response.build();
    }
}

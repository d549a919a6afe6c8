package io.freshet.gateway.access;

import io.freshet.gateway.problem.ProblemType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * Why a request is not let in.
 *
 * @param challenges what would let it in, as {@code WWW-Authenticate}
 * @param retryAfter when trying again makes sense, if it does
 */
public record Denial(
        ProblemType type,
        String detail,
        List<String> challenges,
        @Nullable Duration retryAfter) {

    public int status() {
        return type.status();
    }

    /** An API whose errors have a form of their own. */
    public interface Form {
        /** @param path as it was sent */
        boolean isOf(String path);

        /** The answer without the headers that every denial has. */
        Response.ResponseBuilder answer(Denial denial);
    }
}

package io.freshet.gateway.access;

import io.freshet.gateway.problem.ProblemType;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * Why somebody does not come in.
 *
 * @param challenges what would let them in, as {@code WWW-Authenticate}
 * @param retryAfter when asking again makes sense, if it does
 */
public record Denial(
        ProblemType type,
        String detail,
        List<String> challenges,
        @Nullable Duration retryAfter) {

    public int status() {
        return type.status();
    }
}

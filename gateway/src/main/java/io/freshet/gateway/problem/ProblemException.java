package io.freshet.gateway.problem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final @Nullable Duration retryAfter;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, null);
    }

    /** @param retryAfter when asking again makes sense, if it does */
    public ProblemException(ProblemType type, String detail, @Nullable Duration retryAfter) {
        super(detail);
        this.type = type;
        this.retryAfter = retryAfter;
    }

    public ProblemType type() {
        return type;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}

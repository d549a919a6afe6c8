package io.freshet.failure;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/** A retry may help. */
public non-sealed class Transient extends FreshetException {

    private final @Nullable Duration retryAfter;

    public Transient(FailureCode code, String message, @Nullable Throwable cause) {
        this(code, message, cause, null);
    }

    /** @param retryAfter delay that the other side asked for, if any */
    public Transient(FailureCode code, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(code, message, cause);
        this.retryAfter = retryAfter;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

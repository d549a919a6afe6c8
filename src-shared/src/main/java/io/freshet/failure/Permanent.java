package io.freshet.failure;

import org.jspecify.annotations.Nullable;

/** A retry cannot help. */
public non-sealed class Permanent extends FreshetException {

    public Permanent(FailureCode code, String message) {
        this(code, message, null);
    }

    public Permanent(FailureCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}

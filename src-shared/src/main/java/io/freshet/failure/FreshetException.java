package io.freshet.failure;

import org.jspecify.annotations.Nullable;

/** Root of the failures that the engine tells apart. */
public abstract sealed class FreshetException extends RuntimeException permits Transient, Permanent {

    private final FailureCode code;

    FreshetException(FailureCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public FailureCode code() {
        return code;
    }

    /** Whether a failure is one of ours with this code. */
    public static boolean is(Throwable failure, FailureCode code) {
        return failure instanceof FreshetException known && known.code == code;
    }
}

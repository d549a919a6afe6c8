package io.freshet.harness;

/** A failure that the user can understand from its message alone; shown as that, without a stack trace. */
public final class Failure extends RuntimeException {
    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.freshet.worker.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Where the computation's thread, which may block, waits for I/O, which does not. */
final class Waiting {
    private Waiting() {}

    /** The result, or the very failure that the I/O had. */
    static <T> T on(CompletableFuture<T> io) throws InterruptedException {
        try {
            return io.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}

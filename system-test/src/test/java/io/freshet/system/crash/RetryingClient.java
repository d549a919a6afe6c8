package io.freshet.system.crash;

import io.freshet.harness.api.UnexpectedAnswer;

import java.io.UncheckedIOException;
import java.util.function.Supplier;

/**
 * As a client is that wants its job done: asks again when a gateway dies on it, or says that storage is away.
 *
 * @param times how often it asks at most
 * @param pause what it does in between
 */
record RetryingClient(int times, Runnable pause) {

    <T> T on(Supplier<T> request) {
        for (int i = 1; ; i++) {
            try {
                return request.get();
            } catch (UncheckedIOException | UnexpectedAnswer e) {
                if (i == times || !passes(e)) {
                    throw e;
                }
                pause.run();
            }
        }
    }

    /** Whether asking again may help: there was no answer, or one of the kind 50x. */
    static boolean passes(Throwable failure) {
        return failure instanceof UncheckedIOException
                || (failure instanceof UnexpectedAnswer answer && answer.passes());
    }
}

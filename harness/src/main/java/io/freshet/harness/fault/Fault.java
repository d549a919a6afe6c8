package io.freshet.harness.fault;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Function;

/** What is done to one request. */
public sealed interface Fault {
    /** Passed on as it is. */
    Fault NONE = new None();

    /** Storage never sees the request; the connection is reset. */
    Fault RESET = new Reset(0);

    /** Storage never sees the request, and the service never sees an answer. */
    Fault SILENCE = new Instead(null);

    record None() implements Fault {}

    /** @param bytes of the body that are taken before the connection is reset */
    record Reset(long bytes) implements Fault {}

    /** @param answer null for none at all */
    record Instead(@Nullable Answer answer) implements Fault {}

    /** @param action may block; then comes the rest, unless the service has been cut off meanwhile */
    record Before(Runnable action, Fault rest) implements Fault {}

    record Delayed(Duration time, Fault rest) implements Fault {}

    /** Storage sees the request a second time, after it answered the first; the service sees the first answer. */
    record Twice() implements Fault {}

    /** @param ending decides, after storage did it, what the service sees; may block */
    record After(Function<Answer, Ending> ending) implements Fault {}

    /** What a service sees of an answer. */
    enum Ending {
        DELIVERED,
        /** The connection is reset instead of an answer. */
        RESET,
        /** No answer at all, on a connection that stays open. */
        SILENCE,
        /** The head and the first half of the body, then the connection ends. */
        TRUNCATED
    }

    /** Not passed on but answered with an error. */
    static Fault answer(int status, String code) {
        return new Instead(Answer.error(status, code));
    }

    static Fault busy(int retryAfterSeconds) {
        return new Instead(Answer.busy(retryAfterSeconds));
    }

    /** Does something while the request waits, then passes it on, unless the service has been cut off. */
    static Fault before(Runnable action) {
        return new Before(action, NONE);
    }

    /** Does something after the request took effect and before its answer is delivered. */
    static Fault after(Runnable action) {
        return new After(answer -> {
            action.run();
            return Ending.DELIVERED;
        });
    }

    /** Storage does it, and the service sees this of the answer. */
    static Fault ending(Ending ending) {
        return new After(answer -> ending);
    }

    static Fault delay(Duration time) {
        return new Delayed(time, NONE);
    }

    static Fault twice() {
        return new Twice();
    }
}

package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.instance.Inputs;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * What an orchestration does next.
 *
 * @param customStatus what clients see as {@code customStatus} from now on; absent: unchanged, and the progress of a
 *     step
 * @param kept what the next decision receives; absent: unchanged
 */
public record Next(
        Action action,
        @Nullable JsonNode customStatus,
        @Nullable JsonNode kept) {

    /** The possible actions. */
    public sealed interface Action {}

    /**
     * Computes all inputs in parallel.
     *
     * @param function name of the computation
     */
    public record FanOut(String function, Inputs inputs) implements Action {}

    /**
     * Waits for an event raised by a client.
     *
     * @param event name, case-insensitive
     * @param timeout maximum wait; absent: unlimited
     */
    public record WaitFor(String event, @Nullable Duration timeout) implements Action {}

    public record Complete(JsonNode output) implements Action {}

    public record Fail(String reason) implements Action {}

    public static Next fanOut(String function, Inputs inputs) {
        return of(new FanOut(function, inputs));
    }

    public static Next waitFor(String event) {
        return of(new WaitFor(event, null));
    }

    public static Next waitFor(String event, Duration timeout) {
        return of(new WaitFor(event, timeout));
    }

    public static Next complete(JsonNode output) {
        return of(new Complete(output));
    }

    public static Next fail(String reason) {
        return of(new Fail(reason));
    }

    public Next showing(JsonNode status) {
        return new Next(action, status, kept);
    }

    public Next keeping(JsonNode value) {
        return new Next(action, customStatus, value);
    }

    private static Next of(Action action) {
        return new Next(action, null, null);
    }
}

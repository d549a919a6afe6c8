package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RuntimeStatus;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers a start: at once with links, or with the outcome if the client waits for it and it comes in time. */
@Singleton
final class Completion {
    private static final int RETRY_AFTER_SECONDS = 10;

    private final InstanceQueries queries;
    private final Links links;

    Completion(InstanceQueries queries, Links links) {
        this.queries = queries;
        this.links = links;
    }

    /**
     * How a started instance is answered.
     *
     * @param origin what the links start with
     * @param failAs500 whether the links ask for 500 when the instance fails
     */
    record Wanted(Optional<Wait> waiting, Links.Origin origin, boolean failAs500) {}

    Uni<Response> of(InstanceId id, Wanted wanted) {
        return wanted.waiting()
                .map(wait -> await(id, wait, wait.timeout()))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(end -> end.orElseGet(() -> accepted(id, wanted)));
    }

    private Uni<Optional<Response>> await(InstanceId id, Wait wait, Duration left) {
        return queries.find(id.text()).flatMap(found -> {
            Optional<Instance> end = found.filter(i -> i.status().isFinished());
            if (end.isPresent()) {
                return Uni.createFrom().item(Optional.of(ended(end.get())));
            }
            Duration next = left.compareTo(wait.interval()) < 0 ? left : wait.interval();
            return left.isZero()
                    ? Uni.createFrom().item(Optional.empty())
                    : Uni.createFrom()
                            .voidItem()
                            .onItem()
                            .delayIt()
                            .by(next)
                            .chain(() -> await(id, wait, left.minus(next)));
        });
    }

    private static Response ended(Instance instance) {
        return instance.status() == RuntimeStatus.COMPLETED
                ? DurableAnswers.json(200, HistoryJson.value(instance.values().output()))
                        .build()
                : DurableAnswers.json(200, StatusJson.PLAIN.of(instance, List.of()))
                        .build();
    }

    private Response accepted(InstanceId id, Wanted wanted) {
        ObjectNode all = links.all(wanted.origin(), id, wanted.failAs500());
        return DurableAnswers.json(202, all)
                .header(HttpHeaders.LOCATION, links.status(wanted.origin(), id, wanted.failAs500()))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    /**
     * How long a client wants to wait for the end of what it starts.
     *
     * @param timeout at most
     * @param interval between checks
     */
    record Wait(Duration timeout, Duration interval) {
        private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");
        private static final Pattern SPECIAL = Pattern.compile("[+-]?(Infinity|∞)|NaN", Pattern.CASE_INSENSITIVE);
        private static final double LONGEST_SECONDS = 922_337_203_685.0;
        private static final Duration LONGEST = Duration.ofMinutes(9);
        private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
        private static final double MILLIS = 1000.0;

        /** Empty unless both are numbers; fails if they make no sense together. */
        static Optional<Wait> of(Query query) {
            Optional<Double> timeout = query.text("timeout").flatMap(Wait::number);
            Optional<Double> interval = query.text("pollingInterval").flatMap(Wait::number);
            return timeout.isPresent() && interval.isPresent()
                    ? Optional.of(of(timeout.get(), interval.get()))
                    : Optional.empty();
        }

        private static Wait of(double timeout, double interval) {
            if (!(Math.abs(timeout) <= LONGEST_SECONDS) || !(Math.abs(interval) <= LONGEST_SECONDS)) {
                throw DurableError.wentWrong(
                        "TimeSpan overflowed because the duration is too long.", "System.OverflowException");
            }
            if (interval > timeout) {
                throw DurableError.bad(
                        "Total timeout " + text(timeout) + " should be bigger than retry timeout " + text(interval));
            }
            if (interval < 0) {
                throw DurableError.bad(
                        "The value needs to translate in milliseconds to -1 (signifying an infinite timeout),"
                                + " 0, or a positive integer less than or equal to the maximum allowed timer duration."
                                + " (Parameter 'delay')");
            }
            return new Wait(atMost(LONGEST, timeout), max(SHORTEST_INTERVAL, atMost(LONGEST, interval)));
        }

        private static Duration atMost(Duration limit, double seconds) {
            return seconds * MILLIS >= limit.toMillis() ? limit : Duration.ofMillis(Math.round(seconds * MILLIS));
        }

        private static Duration max(Duration one, Duration other) {
            return one.compareTo(other) >= 0 ? one : other;
        }

        private static Optional<Double> number(String text) {
            String trimmed = text.strip();
            if (NUMBER.matcher(trimmed).matches()) {
                return Optional.of(Double.valueOf(trimmed));
            }
            return SPECIAL.matcher(trimmed).matches() ? Optional.of(Double.NaN) : Optional.empty();
        }

        private static String text(double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
    }
}

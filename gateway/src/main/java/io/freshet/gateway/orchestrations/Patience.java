package io.freshet.gateway.orchestrations;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a client wants to wait for the end of what it starts.
 *
 * @param timeout at most
 * @param interval between looks
 */
record Patience(Duration timeout, Duration interval) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final Pattern SPECIAL = Pattern.compile("[+-]?(Infinity|∞)|NaN", Pattern.CASE_INSENSITIVE);
    private static final double LONGEST_SECONDS = 922_337_203_685.0;
    private static final Duration LONGEST = Duration.ofMinutes(9);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    private static final double MILLIS = 1000.0;

    /** Nothing unless both are numbers; fails if they make no sense together. */
    static Optional<Patience> of(Query query) {
        Optional<Double> timeout = query.text("timeout").flatMap(Patience::number);
        Optional<Double> interval = query.text("pollingInterval").flatMap(Patience::number);
        return timeout.isPresent() && interval.isPresent()
                ? Optional.of(of(timeout.get(), interval.get()))
                : Optional.empty();
    }

    private static Patience of(double timeout, double interval) {
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
        return new Patience(atMost(LONGEST, timeout), max(SHORTEST_INTERVAL, atMost(LONGEST, interval)));
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

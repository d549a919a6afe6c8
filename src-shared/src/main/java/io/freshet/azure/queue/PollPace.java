package io.freshet.azure.queue;

import java.time.Duration;

/** How long to wait before the next poll: not at all while messages come, then doubling; longer after failures. */
final class PollPace {
    private static final Duration FIRST_AFTER_FAILURE = Duration.ofMillis(250);
    private static final Duration LONGEST_AFTER_FAILURE = Duration.ofSeconds(10);

    private final Duration min;
    private final Duration max;
    private Duration idle = Duration.ZERO;
    private Duration failing = Duration.ZERO;

    PollPace(Duration min, Duration max) {
        this.min = min;
        this.max = max;
    }

    Duration afterMessages() {
        failing = Duration.ZERO;
        idle = Duration.ZERO;
        return Duration.ZERO;
    }

    Duration afterNothing() {
        failing = Duration.ZERO;
        idle = doubled(idle, min, max);
        return idle;
    }

    Duration afterFailure() {
        failing = doubled(failing, FIRST_AFTER_FAILURE, LONGEST_AFTER_FAILURE);
        return failing;
    }

    private static Duration doubled(Duration now, Duration first, Duration last) {
        Duration next = now.isZero() ? first : now.multipliedBy(2);
        return next.compareTo(last) > 0 ? last : next;
    }
}

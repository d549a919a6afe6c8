package io.freshet.azure.queue;

import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.util.Locale;

/** Counts one channel's messages by what became of them. */
final class QueueMetrics {
    static final String MESSAGES = "freshet.queue.messages";
    static final String AGE = "freshet.queue.age";

    private final MeterRegistry registry;
    private final String channel;

    QueueMetrics(MeterRegistry registry, String channel) {
        this.registry = registry;
        this.channel = channel;
    }

    void count(Outcome outcome) {
        registry.counter(MESSAGES, "channel", channel, "result", outcome.tag()).increment();
    }

    /** Time from insertion to receipt; never negative, even if clocks differ. */
    void age(Duration age) {
        registry.timer(AGE, "channel", channel).record(age.isNegative() ? Duration.ZERO : age);
    }

    /** What became of a message; the tag {@code result} of the metric. */
    enum Outcome {
        RECEIVED,
        ACKED,
        RETRIED,
        RELEASED,
        POISONED,
        /** Another consumer received it while it was in flight. */
        LOST,
        /** Storage did not respond when it was settled; it becomes visible again by itself. */
        UNSETTLED,
        SENT,
        REFUSED;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

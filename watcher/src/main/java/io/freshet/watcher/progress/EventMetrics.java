package io.freshet.watcher.progress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Storage's events, for Prometheus. */
@Singleton
final class EventMetrics {
    private final Counter ours;
    private final Counter foreign;
    private final Counter unreadable;

    EventMetrics(MeterRegistry registry) {
        ours = counter(registry, "ours");
        foreign = counter(registry, "foreign");
        unreadable = counter(registry, "unreadable");
    }

    private static Counter counter(MeterRegistry registry, String kind) {
        return Counter.builder("freshet.events")
                .description("Events of storage, by whether they tell of items and results")
                .tag("kind", kind)
                .register(registry);
    }

    void received(int tellingOfRuns, int others, int wrong) {
        ours.increment(tellingOfRuns);
        foreign.increment(others);
        unreadable.increment(wrong);
    }
}

package io.freshet.watcher.backlog;

import io.freshet.watcher.backlog.Backlog.Load;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Metrics of the backlog. */
@Startup
@Singleton
final class BacklogMetrics {
    private final Backlog backlog;

    BacklogMetrics(MeterRegistry registry, Backlog backlog) {
        this.backlog = backlog;
        items(registry, "open", Load::open);
        items(registry, "done", Load::done);
        items(registry, "failed", Load::failed);
        for (String state : List.of("Pending", "Running", "Suspended", "Finalizing")) {
            Gauge.builder("freshet.runs", this, metrics -> metrics.count(state))
                    .description("Unfinished runs by state")
                    .tag("state", state.toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private void items(MeterRegistry registry, String state, ToIntFunction<Load> count) {
        Gauge.builder("freshet.run.items", this, metrics -> metrics.sum(count))
                .description("Items of unfinished runs by state")
                .tag("state", state)
                .register(registry);
    }

    private double sum(ToIntFunction<Load> count) {
        return backlog.runs().values().stream().mapToInt(count).sum();
    }

    private double count(String state) {
        return backlog.runs().values().stream()
                .filter(load -> load.state().equals(state))
                .count();
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.message.JobDocument;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** Unfinished runs and their items, as the watcher last saw them, for Prometheus. */
@Singleton
final class RunGauges {
    private final Map<RunId, Run> unfinished = new ConcurrentHashMap<>();

    RunGauges(MeterRegistry registry) {
        items(registry, "open", run -> run.itemCount() - run.progress().settled());
        items(registry, "done", run -> run.progress().done().size());
        items(registry, "failed", run -> run.progress().failed().size());
        for (String state : List.of("Pending", "Running", "Suspended", "Finalizing")) {
            Gauge.builder("freshet.runs", this, gauges -> gauges.count(state))
                    .description("Unfinished runs by state")
                    .tag("state", state.toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    void saw(Run run) {
        if (run.state() instanceof RunState.Unfinished && !run.isDeleted()) {
            unfinished.put(run.id(), run);
        } else {
            unfinished.remove(run.id());
        }
    }

    private void items(MeterRegistry registry, String state, ToIntFunction<Run> count) {
        Gauge.builder("freshet.run.items", this, gauges -> gauges.sum(count))
                .description("Items of unfinished runs by state")
                .tag("state", state)
                .register(registry);
    }

    private double sum(ToIntFunction<Run> count) {
        return unfinished.values().stream().mapToInt(count).sum();
    }

    private double count(String state) {
        return unfinished.values().stream()
                .filter(run -> JobDocument.status(run.state()).equals(state))
                .count();
    }
}

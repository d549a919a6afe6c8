package io.freshet.worker.settlement;

import io.freshet.run.ItemOutcome.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

import java.util.Locale;

/** Metrics of the work done. */
@Singleton
public final class WorkMetrics {
    private final MeterRegistry registry;
    private final Counter lines;
    private final Counter rejectedLines;

    WorkMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.lines = Counter.builder("freshet.lines")
                .description("Input lines of committed items")
                .register(registry);
        this.rejectedLines = Counter.builder("freshet.lines.rejected")
                .description("Rejected lines of committed items")
                .register(registry);
    }

    void committed(Tally tally) {
        lines.increment((double) tally.lines());
        rejectedLines.increment((double) tally.rejectedLines());
    }

    /** Counts how an attempt ended. */
    public void settled(Settlement settlement) {
        String outcome = settlement.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        registry.counter("freshet.items", "outcome", outcome).increment();
    }
}

package io.freshet.worker.settlement;

import io.freshet.storage.OutputType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

import java.util.Locale;

/** What a worker did, for Prometheus. */
@Singleton
public final class WorkMetrics {
    private final MeterRegistry registry;
    private final Counter lines;
    private final Counter rejectedLines;

    WorkMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.lines = Counter.builder("freshet.lines")
                .description("Input lines of committed parts")
                .register(registry);
        this.rejectedLines = Counter.builder("freshet.lines.rejected")
                .description("Rejected lines of committed parts")
                .register(registry);
    }

    void committed(OutputType type) {
        lines.increment((double) type.lines());
        rejectedLines.increment((double) type.rejectedLines());
    }

    /** An attempt on an item ended so. */
    public void settled(Settlement settlement) {
        String outcome = settlement.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        registry.counter("freshet.items", "outcome", outcome).increment();
    }
}

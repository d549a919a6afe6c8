package io.freshet.azure.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** What channels are watched by. */
@Singleton
final class QueueTelemetry {
    private final MeterRegistry registry;
    private final Instance<OpenTelemetry> telemetry;

    QueueTelemetry(MeterRegistry registry, Instance<OpenTelemetry> telemetry) {
        this.registry = registry;
        this.telemetry = telemetry;
    }

    QueueMetrics metrics(String channel) {
        return new QueueMetrics(registry, channel);
    }

    /** Tracing that is off costs nothing, whether by the channel's attribute or for the whole application. */
    HopTracing tracing(Boolean enabled) {
        return enabled && telemetry.isResolvable() ? HopTracing.by(telemetry.get()) : HopTracing.OFF;
    }
}

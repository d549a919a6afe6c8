package io.freshet.azure.queue;

import io.freshet.azure.queue.OutgoingChannel.MessageText;
import io.freshet.azure.queue.OutgoingChannel.OutgoingSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Creates channels from their attributes. */
@Singleton
final class ChannelFactory {
    private final Vertx vertx;
    private final StorageQueues queues;
    private final FailureStrategies strategies;
    private final MeterRegistry metrics;
    private final Instance<OpenTelemetry> telemetry;

    ChannelFactory(
            Vertx vertx,
            StorageQueues queues,
            FailureStrategies strategies,
            MeterRegistry metrics,
            Instance<OpenTelemetry> telemetry) {
        this.vertx = vertx;
        this.queues = queues;
        this.strategies = strategies;
        this.metrics = metrics;
        this.telemetry = telemetry;
    }

    IncomingChannel incoming(AzureStorageQueueConnectorIncomingConfiguration config) {
        IncomingSettings settings = IncomingSettings.of(config);
        return new IncomingChannel(
                settings,
                new IncomingChannel.Wiring(
                        ChannelContext.on(vertx),
                        settings.queues().stream()
                                .map(queue -> source(queue, settings))
                                .toList(),
                        strategies.named(settings.failing().strategy()),
                        new QueueMetrics(metrics, settings.channel()),
                        tracing(config.getTracingEnabled())));
    }

    private IncomingChannel.Source source(String queue, IncomingSettings settings) {
        return new IncomingChannel.Source(
                queues.queue(queue, settings.creation()),
                queues.queue(settings.poisoning().queueOf(queue), settings.creation()));
    }

    OutgoingChannel outgoing(AzureStorageQueueConnectorOutgoingConfiguration config, MessageText text) {
        OutgoingSettings settings = OutgoingSettings.of(config);
        return new OutgoingChannel(
                settings,
                new OutgoingChannel.Wiring(
                        queues,
                        text,
                        new QueueMetrics(metrics, settings.channel()),
                        tracing(config.getTracingEnabled())));
    }

    /** Disabled tracing costs nothing, whether it is off for the channel or for the whole application. */
    private MessageTracing tracing(Boolean enabled) {
        return enabled && telemetry.isResolvable() ? MessageTracing.by(telemetry.get()) : MessageTracing.OFF;
    }
}

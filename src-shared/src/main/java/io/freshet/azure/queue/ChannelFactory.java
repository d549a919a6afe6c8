package io.freshet.azure.queue;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/** Wires channels from their attributes. */
@Singleton
final class ChannelFactory {
    private final Vertx vertx;
    private final StorageQueues queues;
    private final QueueTelemetry telemetry;
    private final FailureStrategies strategies;

    ChannelFactory(Vertx vertx, StorageQueues queues, QueueTelemetry telemetry, FailureStrategies strategies) {
        this.vertx = vertx;
        this.queues = queues;
        this.telemetry = telemetry;
        this.strategies = strategies;
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
                        telemetry.metrics(settings.channel()),
                        telemetry.tracing(config.getTracingEnabled())));
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
                        telemetry.metrics(settings.channel()),
                        telemetry.tracing(config.getTracingEnabled())));
    }
}

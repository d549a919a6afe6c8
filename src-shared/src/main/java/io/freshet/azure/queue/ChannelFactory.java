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
                        queues.queue(settings.queue(), settings.creation()),
                        queues.queue(settings.poisoning().queue(), settings.creation()),
                        strategies.named(settings.failing().strategy()),
                        telemetry.metrics(settings.channel()),
                        telemetry.tracing(config.getTracingEnabled())));
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

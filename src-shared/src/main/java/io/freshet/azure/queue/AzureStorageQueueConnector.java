package io.freshet.azure.queue;

import io.freshet.azure.queue.OutgoingChannel.MessageText;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Function;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING_AND_OUTGOING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;

/** Receives from and sends to Azure Storage queues; see docs/connectors/azure-storage-queue.md. */
@ApplicationScoped
@Connector(AzureStorageQueueConnector.NAME)
@ConnectorAttribute(
        name = "queue",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        description =
                "Name of the queue; by default the channel's name. Incoming: several, separated by commas, share the demand")
@ConnectorAttribute(
        name = "create-queue",
        type = "boolean",
        direction = INCOMING_AND_OUTGOING,
        defaultValue = "true",
        description = "Whether missing queues are created")
@ConnectorAttribute(
        name = "tracing-enabled",
        type = "boolean",
        direction = INCOMING_AND_OUTGOING,
        defaultValue = "true",
        description = "Whether traces are carried in JSON messages, if the application traces at all")
@ConnectorAttribute(
        name = "health-enabled",
        type = "boolean",
        direction = INCOMING,
        defaultValue = "true",
        description = "Whether the channel takes part in readiness and liveness")
@ConnectorAttribute(
        name = "batch-size",
        type = "int",
        direction = INCOMING,
        defaultValue = "16",
        description = "Maximum number of messages fetched by one poll, 1 to 32; never more than requested")
@ConnectorAttribute(
        name = "visibility-timeout",
        type = "int",
        direction = INCOMING,
        defaultValue = "30",
        description =
                "Seconds after which a message becomes visible again if its consumer dies; renewed while it is in flight")
@ConnectorAttribute(
        name = "poll-interval-min",
        type = "int",
        direction = INCOMING,
        defaultValue = "20",
        description = "Milliseconds to the next poll after the first empty one; doubled by each further one")
@ConnectorAttribute(
        name = "poll-interval-max",
        type = "int",
        direction = INCOMING,
        defaultValue = "2000",
        description = "Maximum milliseconds between two polls of an empty queue")
@ConnectorAttribute(
        name = "max-dequeue-count",
        type = "int",
        direction = INCOMING,
        defaultValue = "5",
        description = "How often a message is delivered before it goes to the poison queue; not used with retry")
@ConnectorAttribute(
        name = "failure-strategy",
        type = "string",
        direction = INCOMING,
        defaultValue = "poison",
        description = "What happens to failed messages: retry, poison, fail, or the identifier of a custom strategy")
@ConnectorAttribute(
        name = "poison-queue",
        type = "string",
        direction = INCOMING,
        description = "Where poisoned messages go; by default the name of their own queue with -poison appended")
@ConnectorAttribute(
        name = "exhausted",
        type = "string",
        direction = INCOMING,
        defaultValue = "poison",
        description =
                "What happens to messages whose consumers have died max-dequeue-count times: poison or deliver; not used with retry")
@ConnectorAttribute(
        name = "retry-delay",
        type = "int",
        direction = INCOMING,
        defaultValue = "1",
        description = "Seconds until a failed message is visible again the first time; doubled each time")
@ConnectorAttribute(
        name = "retry-delay-max",
        type = "int",
        direction = INCOMING,
        defaultValue = "300",
        description = "Maximum seconds until a failed message is visible again")
@ConnectorAttribute(
        name = "encoding",
        type = "string",
        direction = INCOMING,
        defaultValue = "auto",
        description = "How messages are read: text, base64, or auto, which decodes Base64 of text")
@ConnectorAttribute(
        name = "encoding",
        type = "string",
        direction = OUTGOING,
        defaultValue = "text",
        description = "How messages are written: text or base64")
@ConnectorAttribute(
        name = "time-to-live",
        type = "int",
        direction = OUTGOING,
        defaultValue = "-1",
        description = "Seconds after which an unread message is dropped; -1 for never")
@ConnectorAttribute(
        name = "visibility-delay",
        type = "int",
        direction = OUTGOING,
        defaultValue = "0",
        description = "Seconds before a message can be received")
@ConnectorAttribute(
        name = "max-inflight",
        type = "int",
        direction = OUTGOING,
        defaultValue = "16",
        description = "Messages sent concurrently; 1 keeps their order")
public class AzureStorageQueueConnector implements InboundConnector, OutboundConnector, HealthReporter {
    public static final String NAME = "azure-storage-queue";

    private final ChannelFactory factory;
    private final QueueChannels channels;
    private final MessageText text;
    private final Set<IncomingChannel> reported = ConcurrentHashMap.newKeySet();

    AzureStorageQueueConnector(ChannelFactory factory, QueueChannels channels, MessageText text) {
        this.factory = factory;
        this.channels = channels;
        this.text = text;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        AzureStorageQueueConnectorIncomingConfiguration attributes =
                new AzureStorageQueueConnectorIncomingConfiguration(config);
        IncomingChannel channel = factory.incoming(attributes);
        channels.add(channel);
        if (attributes.getHealthEnabled()) {
            reported.add(channel);
        }
        return channel;
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        OutgoingChannel channel = factory.outgoing(new AzureStorageQueueConnectorOutgoingConfiguration(config), text);
        channels.add(channel);
        return channel.subscriber();
    }

    @Override
    public HealthReport getReadiness() {
        return report(ChannelHealth::unreadiness);
    }

    @Override
    public HealthReport getLiveness() {
        return report(ChannelHealth::death);
    }

    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(50) @BeforeDestroyed(ApplicationScoped.class)
                    Object event) {
        channels.incoming().forEach(IncomingChannel::close);
    }

    private HealthReport report(Function<ChannelHealth, @Nullable String> complaint) {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        for (IncomingChannel channel : reported) {
            String reason = complaint.apply(channel.health());
            report.add(channel.settings().channel(), reason == null, reason);
        }
        return report.build();
    }
}

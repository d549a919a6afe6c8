package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import io.smallrye.reactive.messaging.providers.helpers.MultiUtils;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;

/** Publishes events to Event Grid topics; see docs/connectors/azure-eventgrid.md. */
@ApplicationScoped
@Connector(AzureEventGridConnector.NAME)
@ConnectorAttribute(
        name = "endpoint",
        type = "string",
        direction = OUTGOING,
        description = "URL of the topic; without it events are dropped and acknowledged")
@ConnectorAttribute(
        name = "schema",
        type = "string",
        direction = OUTGOING,
        defaultValue = "eventgrid",
        description = "What the topic takes: eventgrid or cloudevents (1.0)")
@ConnectorAttribute(
        name = "access-key",
        type = "string",
        direction = OUTGOING,
        description = "The topic's access key, a secret")
@ConnectorAttribute(
        name = "sas-token",
        type = "string",
        direction = OUTGOING,
        description = "A SAS token for the topic, a secret; without key and token the process's Entra identity is used")
@ConnectorAttribute(
        name = "source",
        type = "string",
        direction = OUTGOING,
        description = "Source of CloudEvents that name none; the channel's name by default")
@ConnectorAttribute(
        name = "batch-size",
        type = "int",
        direction = OUTGOING,
        defaultValue = "100",
        description = "Most events in one request, 1 to 5000; never more than 1 MB")
@ConnectorAttribute(
        name = "linger",
        type = "int",
        direction = OUTGOING,
        defaultValue = "0",
        description = "Milliseconds that the first event waits for others")
@ConnectorAttribute(
        name = "health-enabled",
        type = "boolean",
        direction = OUTGOING,
        defaultValue = "true",
        description = "Whether the channel appears in readiness")
public class AzureEventGridConnector implements OutboundConnector, HealthReporter {
    public static final String NAME = "azure-eventgrid";

    private static final Logger LOG = Logger.getLogger(AzureEventGridConnector.class);

    private final Topics topics;
    private final ObjectMapper json;
    private final MeterRegistry metrics;
    private final List<TopicChannel> reported = new CopyOnWriteArrayList<>();

    AzureEventGridConnector(Topics topics, ObjectMapper json, MeterRegistry metrics) {
        this.topics = topics;
        this.json = json;
        this.metrics = metrics;
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        AzureEventGridConnectorOutgoingConfiguration attributes =
                new AzureEventGridConnectorOutgoingConfiguration(config);
        TopicSettings settings = TopicSettings.of(attributes);
        if (settings.endpoint().isEmpty()) {
            return dropping(settings.channel());
        }
        TopicChannel channel =
                new TopicChannel(settings, topics.open(settings.endpoint().get(), settings), json, metrics);
        if (attributes.getHealthEnabled()) {
            reported.add(channel);
        }
        return channel;
    }

    /**
     * Always ready: a publisher taken out of service could never show that it works again. The report says what is
     * wrong.
     */
    @Override
    public HealthReport getReadiness() {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        for (TopicChannel channel : reported) {
            report.add(channel.settings().channel(), true, channel.trouble());
        }
        return report.build();
    }

    private Flow.Subscriber<? extends Message<?>> dropping(String channel) {
        LOG.infof(
                "Channel %s drops its events because no topic is configured. Set mp.messaging.outgoing.%s.endpoint, and"
                        + " access-key or sas-token unless the process has an identity",
                channel, channel);
        return MultiUtils.via(messages -> messages.onItem()
                .transformToUniAndConcatenate(m -> Uni.createFrom().completionStage(m.ack())));
    }
}

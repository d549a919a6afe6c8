package io.freshet.azure.queue;

import io.freshet.azure.identity.StorageAccount;
import io.freshet.harness.storage.Azurite;
import io.freshet.testing.Patience;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.reactive.messaging.health.HealthReport;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(ConnectorProfile.class)
final class WiringTest {
    @Inject
    QueueLab lab;

    @Inject
    WiredApplication application;

    @Inject
    OpenTelemetry telemetry;

    @Inject
    StorageAccount account;

    @Inject
    @Connector(AzureStorageQueueConnector.NAME)
    AzureStorageQueueConnector connector;

    @Test
    void aTraceCrossesTheQueue() {
        Span span = telemetry.getTracer("test").spanBuilder("sender").startSpan();
        String trace = span.getSpanContext().getTraceId();

        try (Scope scope = span.makeCurrent()) {
            assertThat(scope).isNotNull();
            application.emitter().send("{\"crossing\":1}");
        } finally {
            span.end();
        }

        await().atMost(Patience.LIMIT)
                .until(() -> application.traces().keySet().stream().anyMatch(t -> t.contains("crossing")));
        assertThat(application.traces())
                .hasEntrySatisfying(
                        payloadWith("crossing"), id -> assertThat(id).isEqualTo(trace));
    }

    @Test
    void textThatIsNoObjectArrivesUntouchedWithATraceOfItsOwn() {
        application.emitter().send("plain words");

        await().atMost(Patience.LIMIT).until(() -> application.traces().containsKey("plain words"));
        assertThat(application.traces().get("plain words")).isNotEqualTo("0".repeat(32));
    }

    @Test
    void aConsumerThatFailsLeavesTheStreamRunning() {
        application.emitter().send("please fail");
        await().atMost(Patience.LIMIT).until(() -> application.traces().containsKey("please fail"));

        application.emitter().send("still there");

        await().atMost(Patience.LIMIT).until(() -> application.traces().containsKey("still there"));
        assertThat(lab.counted("wired-in", "retried")).isPositive();
    }

    /** A scaler must not find that a queue is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"work", "priority", "input", "events", "control"})
    void allQueuesAreThereThoughNoChannelUsesThem(String queue) {
        String name = ConfigProvider.getConfig().getValue("freshet.queues." + queue, String.class);

        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThatCode(() -> account.queues()
                                .getQueueAsyncClient(name)
                                .getProperties()
                                .block())
                        .doesNotThrowAnyException());
    }

    @Test
    void theChannelIsReadyAndAlive() {
        assertThat(connector.getReadiness().isOk()).isTrue();
        assertThat(connector.getLiveness().isOk()).isTrue();
        assertThat(connector.getReadiness().getChannels())
                .extracting(HealthReport.ChannelInfo::getChannel)
                .contains("wired-in");
    }

    @Test
    void aChannelGetsUnreadyWhenStorageIsAwayAndRecoversWhenItComesBack() {
        String queue = Azurite.uniqueName("away");
        Azurite azurite = Azurite.own();
        try {
            IncomingChannel channel = lab.incoming(queue, Map.of(), azurite.connectionString());
            AssertSubscriber<Message<String>> consumer = QueueLab.consume(channel, Long.MAX_VALUE);
            azurite.close();
            await().atMost(Patience.LIMIT).until(() -> channel.health().unreadiness() != null);
            assertThat(channel.health().unreadiness()).contains("polls failed");
            assertThat(channel.health().death()).isNull();

            azurite.start();
            CompletableFuture<Void> sent = new CompletableFuture<>();
            await().atMost(Patience.LIMIT).until(() -> channel.health().unreadiness() == null);
            lab.send(lab.outgoing(queue, Map.of(), azurite.connectionString()), Message.of("back", () -> {
                sent.complete(null);
                return CompletableFuture.completedFuture(null);
            }));

            assertThat(sent).succeedsWithin(Patience.LIMIT);
            await().atMost(Patience.LIMIT).until(() -> consumer.getItems().size() == 1);
            channel.close();
        } finally {
            azurite.close();
        }
    }

    private String payloadWith(String word) {
        return application.traces().keySet().stream()
                .filter(t -> t.contains(word))
                .findFirst()
                .orElseThrow();
    }
}

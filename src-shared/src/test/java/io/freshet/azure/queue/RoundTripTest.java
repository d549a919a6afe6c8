package io.freshet.azure.queue;

import io.freshet.harness.storage.Azurite;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(ConnectorProfile.class)
final class RoundTripTest {
    @Inject
    QueueLab lab;

    private final String queue = Azurite.uniqueName("round");

    record Greeting(String to, int times) {}

    @Test
    void everyKindOfPayloadArrivesAsText() {
        lab.send(
                queue,
                Map.of("max-inflight", "1", "tracing-enabled", "false"),
                Message.of("tëxt & <tags>"),
                Message.of("bytes".getBytes(StandardCharsets.UTF_8)),
                Message.of(Buffer.buffer("buffer")),
                Message.of(new Greeting("you", 2)));

        assertThat(received(4, Map.of()))
                .containsExactlyInAnyOrder("tëxt & <tags>", "bytes", "buffer", "{\"to\":\"you\",\"times\":2}");
    }

    @Test
    void base64IsWrittenAndRead() {
        lab.send(queue, Map.of("encoding", "base64", "tracing-enabled", "false"), Message.of("{\"a\":\"ä\"}"));

        await().atMost(Patience.LIMIT).until(() -> !lab.visible(queue).isEmpty());
        assertThat(lab.visible(queue))
                .containsExactly(Base64.getEncoder().encodeToString("{\"a\":\"ä\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(received(1, Map.of())).containsExactly("{\"a\":\"ä\"}");
    }

    @Test
    void textIsNotDecodedWhereTextIsSaid() {
        lab.put(queue, "eyJhIjoxfQ==");

        assertThat(received(1, Map.of("encoding", "text"))).containsExactly("eyJhIjoxfQ==");
    }

    @Test
    void moreMessagesThanABatchAllArriveAndAreDeleted() {
        lab.put(queue, IntStream.range(0, 40).mapToObj(i -> "m" + i).toArray(String[]::new));

        List<String> texts = received(40, Map.of("batch-size", "7"));

        assertThat(texts).hasSize(40).doesNotHaveDuplicates();
        assertThat(lab.size(queue)).isZero();
        assertThat(lab.counted(queue, "received")).isEqualTo(40);
        assertThat(lab.counted(queue, "acked")).isEqualTo(40);
    }

    @Test
    void metadataTellTheOrigin() {
        lab.put(queue, "x");
        AssertSubscriber<Message<String>> consumer = QueueLab.consume(lab.incoming(queue, Map.of()), 1);

        IncomingQueueMetadata origin = consumer.awaitItems(1)
                .getItems()
                .getFirst()
                .getMetadata(IncomingQueueMetadata.class)
                .orElseThrow();

        assertThat(origin.queue()).isEqualTo(queue);
        assertThat(origin.dequeueCount()).isEqualTo(1);
        assertThat(origin.messageId()).isNotBlank();
        assertThat(origin.insertedAt()).isBefore(origin.expiresAt());
        assertThat(origin.isLost()).isFalse();
    }

    private List<String> received(int count, Map<String, String> attributes) {
        IncomingChannel channel = lab.incoming(queue, attributes);
        AssertSubscriber<Message<String>> consumer = QueueLab.consume(channel, Long.MAX_VALUE);
        await().atMost(Patience.LIMIT).until(() -> consumer.getItems().size() >= count);
        consumer.getItems().forEach(m -> m.ack().toCompletableFuture().join());
        channel.close();
        return consumer.getItems().stream().map(Message::getPayload).toList();
    }
}

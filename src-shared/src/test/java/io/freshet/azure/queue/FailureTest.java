package io.freshet.azure.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.harness.storage.Azurite;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(ConnectorProfile.class)
final class FailureTest {
    @Inject
    QueueLab lab;

    private final String queue = Azurite.uniqueName("failure");

    @Test
    void aFailedMessageComesBackLaterEachTime() {
        lab.put(queue, "x");
        AssertSubscriber<Message<String>> consumer =
                consume(Map.of("failure-strategy", "retry", "max-dequeue-count", "2"), 3);
        List<Instant> received = new ArrayList<>();

        for (int i = 1; i <= 3; i++) {
            int count = i;
            await().atMost(Patience.LIMIT).until(() -> consumer.getItems().size() == count);
            received.add(Instant.now());
            nack(consumer.getItems().getLast(), new IllegalStateException("not yet"));
        }

        assertThat(Duration.between(received.get(0), received.get(1)))
                .isBetween(Duration.ofMillis(500), Duration.ofMillis(1900));
        assertThat(Duration.between(received.get(1), received.get(2))).isGreaterThan(Duration.ofMillis(1500));
        assertThat(lab.counted(queue, "retried")).isEqualTo(3);
    }

    @Test
    void theLastFailureAllowedPutsTheMessageIntoThePoisonQueueWithItsReason() throws Exception {
        lab.put(queue, "eyJhIjoxfQ==");
        AssertSubscriber<Message<String>> consumer = consume(Map.of("max-dequeue-count", "2", "retry-delay", "0"), 9);

        await().atMost(Patience.LIMIT).until(() -> consumer.getItems().size() == 1);
        nack(consumer.getItems().getFirst(), new IllegalStateException("first"));
        await().atMost(Patience.LIMIT).until(() -> consumer.getItems().size() == 2);
        nack(consumer.getItems().getLast(), new CompletionException(new IllegalStateException("no such <thing>")));

        JsonNode poison = poison();
        assertThat(poison.path("queue").asText()).isEqualTo(queue);
        assertThat(poison.path("reason").asText()).isEqualTo("IllegalStateException: no such <thing>");
        assertThat(poison.path("dequeueCount").asInt()).isEqualTo(2);
        assertThat(poison.path("body").asText()).isEqualTo("eyJhIjoxfQ==");
        assertThat(poison.path("messageId").asText()).isNotEmpty();
        assertThat(Instant.parse(poison.path("insertedAt").asText()))
                .isBeforeOrEqualTo(Instant.parse(poison.path("failedAt").asText()));
        assertThat(poison.has("bodyTruncated")).isFalse();
        assertThat(lab.size(queue)).isZero();
        assertThat(lab.counted(queue, "poisoned")).isEqualTo(1);
    }

    @Test
    void aPermanentFailureIsPoisonAtOnce() throws Exception {
        lab.put(queue, "x");
        AssertSubscriber<Message<String>> consumer = consume(Map.of(), 1);
        await().atMost(Patience.LIMIT).until(() -> consumer.getItems().size() == 1);

        nack(consumer.getItems().getFirst(), new Permanent(FailureCode.MALFORMED, "Not JSON"));

        assertThat(poison().path("reason").asText()).isEqualTo("MALFORMED: Not JSON");
        assertThat(lab.size(queue)).isZero();
    }

    @Test
    void aMessageWhoseConsumersDiedGoesToTheNamedPoisonQueueUnseen() throws Exception {
        lab.put(queue, "killer");
        dieWith(2);

        AssertSubscriber<Message<String>> consumer =
                consume(Map.of("max-dequeue-count", "2", "poison-queue", queue + "-dead"), 1);

        await().atMost(Patience.LIMIT).until(() -> !lab.visible(queue + "-dead").isEmpty());
        JsonNode poison =
                new ObjectMapper().readTree(lab.visible(queue + "-dead").getFirst());
        assertThat(poison.path("reason").asText()).contains("received 3 times");
        assertThat(poison.path("body").asText()).isEqualTo("killer");
        assertThat(consumer.getItems()).isEmpty();
        await().atMost(Patience.LIMIT).until(() -> lab.size(queue) == 0);
    }

    @Test
    void aMessageWhoseConsumersDiedIsDeliveredWhereTheApplicationWantsToDecide() {
        lab.put(queue, "killer");
        dieWith(2);

        AssertSubscriber<Message<String>> consumer =
                consume(Map.of("max-dequeue-count", "2", "exhausted", "deliver"), 1);

        await().atMost(Patience.LIMIT).until(() -> consumer.getItems().size() == 1);
        assertThat(consumer.getItems()
                        .getFirst()
                        .getMetadata(IncomingQueueMetadata.class)
                        .orElseThrow()
                        .dequeueCount())
                .isEqualTo(3);
    }

    @Test
    void aFailureEndsTheChannelWhereFailIsTheStrategy() {
        lab.put(queue, "x");
        IncomingChannel channel = lab.incoming(queue, Map.of("failure-strategy", "fail"));
        AssertSubscriber<Message<String>> consumer = QueueLab.consume(channel, 1);
        consumer.awaitItems(1);

        nack(consumer.getItems().getFirst(), new IllegalStateException("no way on"));

        consumer.awaitFailure().assertFailedWith(IllegalStateException.class, "no way on");
        assertThat(channel.health().death()).contains("no way on");
        assertThat(lab.visible(queue)).containsExactly("x");
    }

    @Test
    void aStrategyThatDoesNotExistIsRefusedWithTheOnesThatDo() {
        assertThat(catchThrowable(() -> lab.incoming(queue, Map.of("failure-strategy", "ignore"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ignore")
                .hasMessageContaining("[fail, poison, retry]");
    }

    private AssertSubscriber<Message<String>> consume(Map<String, String> attributes, long demand) {
        return QueueLab.consume(lab.incoming(queue, quick(attributes)), demand);
    }

    private static Map<String, String> quick(Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put("poll-interval-max", "50");
        return all;
    }

    /** The queue's message is received that many times by consumers that never answer. */
    private void dieWith(int consumers) {
        for (int i = 1; i <= consumers; i++) {
            int count = i;
            await().atMost(Patience.LIMIT).until(() -> {
                var items = lab.take(queue, Duration.ofSeconds(1));
                return !items.isEmpty() && items.getFirst().getDequeueCount() == count;
            });
        }
    }

    private JsonNode poison() throws Exception {
        return new ObjectMapper().readTree(lab.visible(queue + "-poison").getFirst());
    }

    private static void nack(Message<String> message, Throwable reason) {
        message.nack(reason).toCompletableFuture().join();
    }
}

package io.freshet.azure.eventgrid;

import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.queue.ConnectorProfile;
import io.freshet.event.OutgoingEvent;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.testing.Patience;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(ConnectorProfile.class)
final class TopicTest {
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06Z");

    @Inject
    Vertx vertx;

    @Inject
    HttpClient http;

    @Inject
    StorageAccount account;

    @Inject
    AzureCalls calls;

    @Inject
    ObjectMapper json;

    @Inject
    MeterRegistry metrics;

    private final String channel = "topic-" + UUID.randomUUID();
    private final List<CompletableFuture<Void>> answers = new ArrayList<>();
    private LocalTopic topic;

    @BeforeEach
    void open() {
        topic = new LocalTopic();
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void anEventIsPublishedInEventGridSchemaWithTheKey() {
        publish(Map.of("access-key", "the key"), message(event("1", Map.of("n", 1))));

        acknowledged();
        LocalTopic.Post post = topic.posts().getFirst();
        assertThat(post.json()).isEqualTo(tree("""
                [{"id":"1","eventType":"Freshet.Test","subject":"/jobs/1","eventTime":"2026-02-03T04:05:06Z",
                  "dataVersion":"1","data":{"n":1}}]"""));
        assertThat(post.headers().get("aeg-sas-key")).isEqualTo("the key");
        assertThat(post.headers().get("Content-Type")).startsWith("application/json");
        assertThat(post.query()).isEqualTo("api-version=2018-01-01");
        assertThat(counted("sent")).isEqualTo(1);
    }

    @Test
    void anEventIsPublishedAsCloudEventWithTheToken() {
        publish(
                Map.of("schema", "cloudevents", "sas-token", "r=x&e=y&s=z", "source", "/tests"),
                message(event("1", List.of("a"))));

        acknowledged();
        LocalTopic.Post post = topic.posts().getFirst();
        assertThat(post.json()).isEqualTo(tree("""
                [{"specversion":"1.0","id":"1","source":"/tests","type":"Freshet.Test","subject":"/jobs/1",
                  "time":"2026-02-03T04:05:06Z","datacontenttype":"application/json","data":["a"]}]"""));
        assertThat(post.headers().get("aeg-sas-token")).isEqualTo("r=x&e=y&s=z");
        assertThat(post.headers().get("Content-Type")).startsWith("application/cloudevents-batch+json");
    }

    @Test
    void metadataMakeAnEventOfAnyPayload() {
        CompletableFuture<Void> answer = answer();

        publish(
                Map.of("access-key", "k"),
                Message.of(
                        Map.of("n", 2),
                        Metadata.of(new OutgoingEvent.Metadata("7", "Freshet.Test", "/s", TIME, null)),
                        () -> done(answer)));

        acknowledged();
        assertThat(topic.posts().getFirst().json().get(0).path("id").asText()).isEqualTo("7");
        assertThat(topic.posts().getFirst().json().get(0).path("data").path("n").asInt())
                .isEqualTo(2);
    }

    @Test
    void aPayloadThatIsNoEventIsRefused() {
        publish(Map.of("access-key", "k"), message("just text"));

        assertThat(failure(0).code()).isEqualTo(FailureCode.MALFORMED);
        assertThat(topic.posts()).isEmpty();
    }

    @Test
    void anUnavailableTopicIsAskedAgain() {
        topic.answer(503);

        publish(Map.of("access-key", "k"), message(event("1", "x")));

        acknowledged();
        assertThat(topic.posts()).hasSize(2);
        assertThat(topic.posts().get(1).text()).isEqualTo(topic.posts().get(0).text());
    }

    @Test
    void aRefusedEventIsNotAcknowledgedAndTheNextOnesAreSent() {
        topic.answer(400);

        publish(Map.of("access-key", "k", "batch-size", "1"), message(event("1", "x")), message(event("2", "x")));

        assertThat(failure(0).code()).isEqualTo(FailureCode.EVENT_REFUSED);
        assertThat(failure(0)).hasMessageContaining("400");
        assertThat(answers.get(1)).succeedsWithin(Patience.LIMIT);
        assertThat(counted("refused")).isEqualTo(1);
    }

    @Test
    void aTopicThatIsAwayFailsTheEvent() {
        topic.close();

        publish(Map.of("access-key", "k"), message(event("1", "x")));

        assertThat(failure(0).code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void waitingEventsShareRequestsOfAtMostTheBatchSize() {
        publish(
                Map.of("access-key", "k", "batch-size", "10", "linger", "50"),
                IntStream.range(0, 45).mapToObj(i -> message(event("" + i, i))).toArray(Message<?>[]::new));

        acknowledged();
        List<Integer> sizes = topic.posts().stream().map(p -> p.json().size()).toList();
        assertThat(sizes).allMatch(n -> n <= 10).hasSizeLessThanOrEqualTo(8);
        assertThat(topic.posts().stream()
                        .flatMap(p -> p.json().findValuesAsText("id").stream())
                        .toList())
                .containsExactlyElementsOf(
                        IntStream.range(0, 45).mapToObj(Integer::toString).toList());
    }

    @Test
    void noRequestIsLargerThanTheServiceTakes() {
        publish(
                Map.of("access-key", "k", "linger", "50"),
                IntStream.range(0, 5)
                        .mapToObj(i -> message(event("" + i, "ä".repeat(200_000))))
                        .toArray(Message<?>[]::new));

        acknowledged();
        assertThat(topic.posts()).allMatch(p -> p.text().getBytes(StandardCharsets.UTF_8).length <= 1024 * 1024);
        assertThat(topic.posts()).hasSize(3);
    }

    @Test
    void anEventThatNoRequestCanCarryIsRefusedUnsent() {
        publish(Map.of("access-key", "k"), message(event("big", "x".repeat(1024 * 1024))));

        assertThat(failure(0).code()).isEqualTo(FailureCode.MESSAGE_TOO_LARGE);
        assertThat(topic.posts()).isEmpty();
    }

    @Test
    void withoutATopicEventsAreDroppedAndAcknowledged() {
        Map<String, String> attributes = new HashMap<>(Map.of("endpoint", ""));

        publish(attributes, message(event("1", "x")));

        acknowledged();
        assertThat(topic.posts()).isEmpty();
    }

    @Test
    void anIdentityIsNotShownOverPlainHttp() {
        assertThat(catchThrowable(() -> publish(Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("access-key")
                .hasMessageContaining(channel);
    }

    @Test
    void troubleIsToldWithoutTakingTheApplicationOutOfService() {
        AzureEventGridConnector connector = connector();
        topic.answer(400);

        publish(connector, Map.of("access-key", "k"), message(event("1", "x")));
        failure(0);

        assertThat(connector.getReadiness().isOk()).isTrue();
        assertThat(connector.getReadiness().getChannels().iterator().next().getMessage())
                .contains("400");
    }

    private void publish(Map<String, String> attributes, Message<?>... messages) {
        publish(connector(), attributes, messages);
    }

    @SuppressWarnings("unchecked")
    private void publish(AzureEventGridConnector connector, Map<String, String> attributes, Message<?>... messages) {
        Map<String, String> all = new HashMap<>(Map.of("endpoint", topic.endpoint(), "channel-name", channel));
        all.putAll(attributes);
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "channel", 100))
                .build();
        var subscriber = (Flow.Subscriber<Message<?>>) connector.getSubscriber(config);
        Multi.createFrom().items(messages).subscribe(subscriber);
    }

    private AzureEventGridConnector connector() {
        return new AzureEventGridConnector(new Topics(http, account, calls), json, metrics);
    }

    private Message<?> message(Object payload) {
        CompletableFuture<Void> answer = answer();
        return Message.of(payload, () -> done(answer), reason -> {
            answer.completeExceptionally(reason);
            return CompletableFuture.completedFuture(null);
        });
    }

    private CompletableFuture<Void> answer() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }

    private static CompletableFuture<Void> done(CompletableFuture<Void> answer) {
        answer.complete(null);
        return CompletableFuture.completedFuture(null);
    }

    private static OutgoingEvent event(String id, Object data) {
        return new OutgoingEvent(id, "Freshet.Test", "/jobs/1", TIME, data, null);
    }

    private void acknowledged() {
        answers.forEach(a -> assertThat(a).succeedsWithin(Patience.LIMIT));
    }

    private FreshetException failure(int message) {
        await().atMost(Patience.LIMIT).until(answers.get(message)::isDone);
        return (FreshetException) ((ExecutionException) catchThrowable(answers.get(message)::get)).getCause();
    }

    private double counted(String result) {
        return metrics.get(TopicChannel.EVENTS)
                .tags("channel", channel, "result", result)
                .counter()
                .count();
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

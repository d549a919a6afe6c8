package io.freshet.azure.queue;

import io.freshet.harness.storage.Azurite;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(ConnectorProfile.class)
final class DemandTest {
    private static final Duration A_WHILE = Duration.ofMillis(600);

    @Inject
    QueueLab lab;

    @Inject
    QueueChannels wiredChannels;

    private final String queue = Azurite.uniqueName("demand");

    @Test
    void noMoreMessagesAreReceivedThanRequested() {
        lab.put(queue, texts(10));

        AssertSubscriber<Message<String>> consumer = QueueLab.consume(lab.incoming(queue, Map.of()), 3);
        consumer.awaitItems(3);

        await().during(A_WHILE).until(() -> lab.visible(queue).size() == 7);
        consumer.request(2);
        consumer.awaitItems(5);
        await().during(A_WHILE).until(() -> lab.visible(queue).size() == 5);
    }

    @Test
    void aConsumerOfFourAtATimeHoardsNoFifth() {
        lab.put(queue, texts(10));
        Queue<CompletableFuture<Void>> inWork = new ConcurrentLinkedQueue<>();

        Multi.createFrom()
                .publisher(lab.incoming(queue, Map.of()))
                .onItem()
                .transformToUni(m -> work(inWork).chain(() -> Uni.createFrom().completionStage(m.ack())))
                .merge(4)
                .subscribe()
                .with(x -> {});

        await().atMost(Patience.LIMIT).until(() -> inWork.size() == 4);
        await().during(A_WHILE).until(() -> lab.visible(queue).size() == 6);
        inWork.poll().complete(null);
        await().atMost(Patience.LIMIT).until(() -> inWork.size() == 4);
        await().during(A_WHILE).until(() -> lab.visible(queue).size() == 5);
    }

    @Test
    void twoQueuesShareTheDemandAndTakeTurns() {
        String other = queue + "-other";
        lab.put(queue, texts(10));
        lab.put(other, texts(10));
        IncomingChannel channel = lab.incoming(queue, Map.of("queue", queue + ", " + other, "batch-size", "2"));

        AssertSubscriber<Message<String>> consumer = QueueLab.consume(channel, 4);
        consumer.awaitItems(4);

        await().during(A_WHILE)
                .until(() ->
                        lab.visible(queue).size() == 8 && lab.visible(other).size() == 8);
        consumer.request(1);
        consumer.awaitItems(5);
        await().during(A_WHILE)
                .until(() -> lab.visible(queue).size() + lab.visible(other).size() == 15);
    }

    @Test
    void aQueueWithoutMessagesKeepsNobodyFromTheOther() {
        String other = queue + "-other";
        lab.put(other, texts(10));

        QueueLab.consume(lab.incoming(queue, Map.of("queue", queue + "," + other, "batch-size", "1")), 10)
                .awaitItems(10);
    }

    @Test
    void aPausedChannelReceivesNothingThoughDemandRemains() {
        lab.put(queue, texts(1));
        IncomingChannel channel = lab.incoming(queue, Map.of("poll-interval-max", "50"));
        QueueChannels control = new QueueChannels();
        control.add(channel);
        AssertSubscriber<Message<String>> consumer = QueueLab.consume(channel, Long.MAX_VALUE);
        consumer.awaitItems(1);

        control.pause(queue);
        // a poll under way when pausing may still deliver; one has to have ended before anything is sent
        await().during(Duration.ofMillis(200)).until(() -> true);
        lab.put(queue, texts(2));

        await().during(A_WHILE).until(() -> consumer.getItems().size() == 1);
        assertThat(lab.visible(queue)).hasSize(2);
        control.resume(queue);
        await().atMost(Patience.LIMIT).until(() -> consumer.getItems().size() == 3);
    }

    @Test
    void drainingWaitsForTheMessagesInFlightAndReceivesNoOthers() {
        lab.put(queue, texts(3));
        IncomingChannel channel = lab.incoming(queue, Map.of());
        QueueChannels control = new QueueChannels();
        control.add(channel);
        AssertSubscriber<Message<String>> consumer = QueueLab.consume(channel, 2);
        consumer.awaitItems(2);

        CompletableFuture<Void> drained = control.drain(Duration.ofSeconds(20)).subscribeAsCompletionStage();
        consumer.request(10);
        consumer.getItems().getFirst().ack().toCompletableFuture().join();
        await().during(A_WHILE).until(() -> !drained.isDone());
        consumer.getItems().getLast().ack().toCompletableFuture().join();

        await().atMost(Patience.LIMIT).until(drained::isDone);
        assertThat(consumer.getItems()).hasSize(2);
        assertThat(lab.visible(queue)).hasSize(1);
    }

    @Test
    void drainingEndsWhenItsTimeIsOver() {
        lab.put(queue, texts(1));
        IncomingChannel channel = lab.incoming(queue, Map.of());
        QueueChannels control = new QueueChannels();
        control.add(channel);
        QueueLab.consume(channel, 1).awaitItems(1);

        long begun = System.nanoTime();
        control.drain(Duration.ofMillis(300)).await().atMost(Patience.LIMIT);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(280), Duration.ofSeconds(4));
    }

    @Test
    void drainingWithoutAnyTimeEndsAtOnce() {
        lab.put(queue, texts(1));
        IncomingChannel channel = lab.incoming(queue, Map.of());
        QueueChannels control = new QueueChannels();
        control.add(channel);
        QueueLab.consume(channel, 1).awaitItems(1);

        control.drain(Duration.ZERO).await().atMost(Patience.LIMIT);

        assertThat(lab.visible(queue)).isEmpty();
    }

    @Test
    void anUnknownChannelIsNamedWithTheKnownOnes() {
        assertThat(catchThrowable(() -> wiredChannels.pause("nowhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("wired-in");
    }

    private static Uni<Void> work(Queue<CompletableFuture<Void>> inWork) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        inWork.add(done);
        return Uni.createFrom().completionStage(done);
    }

    private static String[] texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toArray(String[]::new);
    }
}

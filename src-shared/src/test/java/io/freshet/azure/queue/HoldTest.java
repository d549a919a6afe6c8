package io.freshet.azure.queue;

import com.azure.storage.queue.models.QueueMessageItem;
import io.freshet.harness.storage.Azurite;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(ConnectorProfile.class)
final class HoldTest {
    private static final Map<String, String> SHORT = Map.of("visibility-timeout", "1", "poll-interval-max", "50");

    @Inject
    QueueLab lab;

    private final String queue = Azurite.uniqueName("hold");

    @Test
    void defect13AMessageInFlightStaysHiddenBeyondItsTimeOutAndCanThenBeDeleted() {
        lab.put(queue, "<long work & \"quotes\">");
        Message<String> message = receive();

        await().during(Duration.ofMillis(3500))
                .atMost(Patience.LIMIT)
                .until(() -> lab.visible(queue).isEmpty());
        assertThat(origin(message).isLost()).isFalse();
        message.ack().toCompletableFuture().join();

        assertThat(lab.size(queue)).isZero();
    }

    @Test
    void renewalLeavesTheTextAsItWas() {
        String base64 = "eyJhIjoxfQ==";
        lab.put(queue, base64);
        IncomingQueueMetadata origin = origin(receive());

        await().during(Duration.ofMillis(1500)).until(() -> !origin.isLost());
        origin.makeVisibleAfter(Duration.ZERO).await().atMost(Patience.LIMIT);

        assertThat(lab.visible(queue)).containsExactly(base64);
    }

    @Test
    void aMessageThatSomeoneElseDeletedIsLostAndAcknowledgingItIsNoFailure() {
        lab.put(queue, "x");
        Message<String> message = receive();

        lab.raw(queue).clearMessages().block();

        await().atMost(Patience.LIMIT).until(() -> origin(message).isLost());
        assertThat(message.ack().toCompletableFuture()).succeedsWithin(Patience.LIMIT);
        assertThat(lab.counted(queue, "lost")).isEqualTo(1);
        assertThat(lab.counted(queue, "acked")).isZero();
    }

    @Test
    void aMessageThatSomeoneElseReceivedIsLostAndLeftToThem() {
        lab.put(queue, "x");
        Message<String> message = receive();

        // as if renewal had been too late: the receipt changes behind the channel's back
        origin(message).makeVisibleAfter(Duration.ZERO).await().atMost(Patience.LIMIT);
        QueueMessageItem theirs = lab.take(queue, Duration.ofSeconds(60)).getFirst();
        message.ack().toCompletableFuture().join();

        assertThat(lab.size(queue)).isEqualTo(1);
        assertThat(theirs.getDequeueCount()).isEqualTo(2);
    }

    @Test
    void aChangedPopReceiptIsNoticedWhenAcknowledging() {
        lab.put(queue, "x");
        AssertSubscriber<Message<String>> consumer =
                QueueLab.consume(lab.incoming(queue, Map.of("visibility-timeout", "1000")), 1);
        IncomingMessage message =
                (IncomingMessage) consumer.awaitItems(1).getItems().getFirst();
        QueueMessageItem item = message.held().item();

        lab.raw(queue)
                .updateMessage(item.getMessageId(), item.getPopReceipt(), "x", Duration.ofSeconds(60))
                .block();

        assertThat(message.ack().toCompletableFuture()).succeedsWithin(Patience.LIMIT);
        assertThat(origin(message).isLost()).isTrue();
        assertThat(lab.size(queue)).isEqualTo(1);
    }

    @Test
    void aReleasedMessageIsThereAgainAndItsOldAnswerDoesNothing() {
        lab.put(queue, "x");
        Message<String> message = receive();

        origin(message).makeVisibleAfter(Duration.ZERO).await().atMost(Patience.LIMIT);
        assertThat(lab.visible(queue)).containsExactly("x");
        message.nack(new IllegalStateException("too late"))
                .toCompletableFuture()
                .join();
        message.ack().toCompletableFuture().join();

        assertThat(lab.visible(queue)).containsExactly("x");
        assertThat(lab.counted(queue, "released")).isEqualTo(1);
        assertThat(lab.counted(queue, "retried")).isZero();
    }

    private Message<String> receive() {
        AssertSubscriber<Message<String>> consumer = QueueLab.consume(lab.incoming(queue, SHORT), 1);
        return consumer.awaitItems(1).getItems().getFirst();
    }

    private static IncomingQueueMetadata origin(Message<String> message) {
        return message.getMetadata(IncomingQueueMetadata.class).orElseThrow();
    }
}

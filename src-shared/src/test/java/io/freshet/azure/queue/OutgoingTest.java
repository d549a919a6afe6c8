package io.freshet.azure.queue;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Transient;
import io.freshet.harness.process.Ports;
import io.freshet.harness.storage.Azurite;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(ConnectorProfile.class)
final class OutgoingTest {
    @Inject
    QueueLab lab;

    private final String queue = Azurite.uniqueName("out");

    @Test
    void aMessageIsAcknowledgedWhenItStandsInTheQueue() {
        CompletableFuture<Void> answer = new CompletableFuture<>();

        lab.send(queue, Map.of(), message("x", answer));

        assertThat(answer).succeedsWithin(Patience.LIMIT);
        assertThat(lab.visible(queue)).containsExactly("x");
        assertThat(lab.counted(queue, "sent")).isEqualTo(1);
    }

    @Test
    void aMessageOfExactlyTheLimitIsSentAndOneByteMoreIsRefusedWithSizeAndLimit() {
        CompletableFuture<Void> fitting = new CompletableFuture<>();
        CompletableFuture<Void> tooLong = new CompletableFuture<>();

        lab.send(queue, Map.of(), message("x".repeat(65_536), fitting), message("x".repeat(65_537), tooLong));

        assertThat(fitting).succeedsWithin(Patience.LIMIT);
        assertThat(failure(tooLong).code()).isEqualTo(FailureCode.MESSAGE_TOO_LARGE);
        assertThat(failure(tooLong)).hasMessageContaining("65537").hasMessageContaining("65536");
        assertThat(lab.counted(queue, "refused")).isEqualTo(1);
    }

    @Test
    void theLimitCountsWhatBase64MakesOfAMessage() {
        CompletableFuture<Void> answer = new CompletableFuture<>();

        lab.send(queue, Map.of("encoding", "base64"), message("x".repeat(50_000), answer));

        assertThat(failure(answer).code()).isEqualTo(FailureCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void aMessageThatOnlyItsTraceMakesTooLongIsSentWithout() {
        String json = "{\"a\":\"" + "x".repeat(65_528) + "\"}";
        CompletableFuture<Void> answer = new CompletableFuture<>();

        lab.send(queue, Map.of(), message(json, answer));

        assertThat(answer).succeedsWithin(Patience.LIMIT);
        assertThat(lab.visible(queue)).containsExactly(json);
    }

    @Test
    void aMessageMayGoElsewhereAndLater() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Message<String> message = Message.of(
                "x",
                Metadata.of(new OutgoingQueueMetadata(Duration.ofSeconds(60), queue + "-other")),
                () -> done(answer));

        lab.send(queue, Map.of(), message);

        assertThat(answer).succeedsWithin(Patience.LIMIT);
        assertThat(lab.size(queue + "-other")).isEqualTo(1);
        assertThat(lab.visible(queue + "-other")).isEmpty();
    }

    @Test
    void aMessageThatStorageCannotTakeNowIsNotAcknowledgedAndTheStreamGoesOn() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        String nowhere = Azurite.connectionString(Ports.free(), Ports.free());

        lab.send(lab.outgoing(queue, Map.of("max-inflight", "1"), nowhere), message("x", first), message("y", second));

        assertThat(failure(first)).isInstanceOf(Transient.class);
        assertThat(failure(second)).isInstanceOf(Transient.class);
    }

    @Test
    void aQueueThatMayNotBeCreatedIsReportedMissing() {
        CompletableFuture<Void> answer = new CompletableFuture<>();

        lab.send(queue, Map.of("create-queue", "false"), message("x", answer));

        assertThat(failure(answer).code()).isEqualTo(FailureCode.NOT_FOUND);
    }

    @Test
    void attributesOutOfRangeAreNamed() {
        String nowhere = Azurite.shared().connectionString();
        assertThat(catchThrowable(() -> lab.outgoing(queue, Map.of("encoding", "auto"), nowhere)))
                .hasMessageContaining("encoding");
        assertThat(catchThrowable(() -> lab.incoming(queue, Map.of("batch-size", "33"))))
                .hasMessageContaining(queue)
                .hasMessageContaining("batch-size")
                .hasMessageContaining("from 1 to 32");
        assertThat(catchThrowable(() -> lab.incoming(queue, Map.of("exhausted", "drop"))))
                .hasMessageContaining("[poison, deliver]");
    }

    private static Message<String> message(String text, CompletableFuture<Void> answer) {
        return Message.of(text, () -> done(answer), reason -> {
            answer.completeExceptionally(reason);
            return CompletableFuture.completedFuture(null);
        });
    }

    private static CompletableFuture<Void> done(CompletableFuture<Void> answer) {
        answer.complete(null);
        return CompletableFuture.completedFuture(null);
    }

    private static FreshetException failure(CompletableFuture<Void> answer) {
        await().atMost(Patience.LIMIT).until(answer::isDone);
        return (FreshetException) ((ExecutionException) catchThrowable(answer::get)).getCause();
    }
}

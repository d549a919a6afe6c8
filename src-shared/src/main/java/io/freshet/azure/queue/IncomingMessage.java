package io.freshet.azure.queue;

import io.freshet.azure.queue.FailureStrategy.FailedMessage;
import io.freshet.azure.queue.MessageTracing.MessageSpan;
import io.freshet.azure.queue.StorageQueues.StorageQueue;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.providers.locals.ContextAwareMessage;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A message as the application sees it. Acknowledging deletes it; otherwise the failure strategy decides. Neither ever
 * fails, because that would end the application's stream: a message that cannot be settled is delivered again.
 */
final class IncomingMessage implements ContextAwareMessage<String>, FailedMessage {
    private static final Logger LOG = Logger.getLogger(IncomingMessage.class);

    private final InFlightMessage held;
    private final IncomingChannel channel;
    private final String payload;
    private final IncomingQueueMetadata origin;
    private final MessageSpan span;
    private final Metadata metadata;

    /** On the channel's event loop: the message gets its own duplicate of that context. */
    IncomingMessage(InFlightMessage held, IncomingChannel channel) {
        this.held = held;
        this.channel = channel;
        this.payload = channel.settings().encoding().decode(StorageQueue.textOf(held.item()));
        this.span = channel.tracing().received(held, payload);
        this.origin = new IncomingQueueMetadata(held, span::end);
        List<Object> all = new ArrayList<>(List.of(origin));
        span.metadata().ifPresent(all::add);
        this.metadata = ContextAwareMessage.captureContextMetadata(all);
    }

    InFlightMessage held() {
        return held;
    }

    @Override
    public String getPayload() {
        return payload;
    }

    @Override
    public Metadata getMetadata() {
        return metadata;
    }

    @Override
    public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
        return ignored -> answer(held.acknowledge());
    }

    @Override
    public BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
        return (reason, ignored) -> answer(Uni.createFrom().deferred(() -> fail(unwrapped(reason))));
    }

    @Override
    public IncomingQueueMetadata metadata() {
        return origin;
    }

    @Override
    public int maxDequeueCount() {
        return channel.settings().failing().maxDequeueCount();
    }

    @Override
    public Duration retryDelay() {
        return channel.settings().failing().delayAfter(origin.dequeueCount());
    }

    @Override
    public Uni<Void> retryAfter(Duration delay) {
        return held.retryAfter(delay);
    }

    @Override
    public Uni<Void> moveToPoison(String reason) {
        return channel.poison(held, reason);
    }

    @Override
    public Uni<Void> failChannel(Throwable reason) {
        return held.releaseAfter(Duration.ZERO).onTermination().invoke(() -> channel.fail(reason));
    }

    private Uni<Void> fail(Throwable reason) {
        if (held.isSettled()) {
            return Uni.createFrom().voidItem();
        }
        span.failed(reason);
        LOG.debugf(reason, "%s failed", origin);
        return channel.strategy().handle(this, reason);
    }

    private CompletionStage<Void> answer(Uni<Void> settlement) {
        return settlement
                .onTermination()
                .invoke(span::end)
                .onFailure()
                .invoke(t -> LOG.warnf("Could not settle %s; it will be delivered again: %s", origin, t.getMessage()))
                .onFailure()
                .recoverWithNull()
                .emitOn(this::runOnMessageContext)
                .subscribeAsCompletionStage();
    }

    private static Throwable unwrapped(Throwable reason) {
        Throwable cause = reason.getCause();
        boolean wrapper = reason instanceof CompletionException || reason instanceof ExecutionException;
        return wrapper && cause != null ? unwrapped(cause) : reason;
    }
}

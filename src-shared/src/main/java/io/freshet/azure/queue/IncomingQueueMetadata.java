package io.freshet.azure.queue;

import io.freshet.queue.HeldWork;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.time.Instant;

/** Where an incoming message comes from, and how to return it to its queue. */
public final class IncomingQueueMetadata implements HeldWork {
    private final InFlightMessage message;
    private final Runnable onRelease;

    IncomingQueueMetadata(InFlightMessage message, Runnable onRelease) {
        this.message = message;
        this.onRelease = onRelease;
    }

    public String queue() {
        return message.queueName();
    }

    public String messageId() {
        return message.item().getMessageId();
    }

    @Override
    public long dequeueCount() {
        return message.item().getDequeueCount();
    }

    public Instant insertedAt() {
        return message.item().getInsertionTime().toInstant();
    }

    public Instant expiresAt() {
        return message.item().getExpirationTime().toInstant();
    }

    /**
     * Whether another consumer has received or deleted the message. Its work may then be done twice, and settling it
     * does nothing. Detected at the next renewal, within a third of the visibility time-out.
     */
    public boolean isLost() {
        return message.isLost();
    }

    @Override
    public Uni<Void> makeVisibleAfter(Duration delay) {
        return message.releaseAfter(delay).onTermination().invoke(onRelease);
    }

    @Override
    public String toString() {
        return "message " + messageId() + " of queue " + queue() + ", received " + dequeueCount() + " times";
    }
}

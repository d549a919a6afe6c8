package io.freshet.azure.queue;

import io.smallrye.mutiny.Uni;

import java.time.Duration;

/**
 * Decides what happens to a message that was not acknowledged. The channel's attribute {@code failure-strategy} names
 * the {@link io.smallrye.common.annotation.Identifier} of the bean; applications may bring their own.
 */
public interface FailureStrategy {

    /**
     * Settles the message by one of its methods. A failure is logged; the message then becomes visible again by itself.
     */
    Uni<Void> handle(FailedMessage message, Throwable reason);

    /** What can be done with a message that was not acknowledged. */
    interface FailedMessage {

        IncomingQueueMetadata metadata();

        /** The channel's {@code max-dequeue-count}. */
        int maxDequeueCount();

        /** The channel's back-off for this message; it grows each time the message is received. */
        Duration retryDelay();

        /** Makes the message visible again after that time. */
        Uni<Void> retryAfter(Duration delay);

        /** Moves the message to the channel's poison queue with the reason. */
        Uni<Void> moveToPoison(String reason);

        /** Returns the message to the queue and ends the channel; the liveness check fails from then on. */
        Uni<Void> failChannel(Throwable reason);
    }
}

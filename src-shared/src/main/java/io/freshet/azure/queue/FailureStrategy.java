package io.freshet.azure.queue;

import io.smallrye.mutiny.Uni;

import java.time.Duration;

/**
 * What becomes of a message that was not acknowledged. The channel's attribute {@code failure-strategy} names the
 * {@link io.smallrye.common.annotation.Identifier} of the bean; applications may bring their own.
 */
public interface FailureStrategy {

    /** Settles the message by one of its methods. A failed result is logged; the message then comes back by itself. */
    Uni<Void> handle(FailedMessage message, Throwable reason);

    /** What can be done with a message that was not acknowledged. */
    interface FailedMessage {

        IncomingQueueMetadata metadata();

        /** The channel's {@code max-dequeue-count}. */
        int maxDequeueCount();

        /** The channel's back-off for this message; it grows with the times that the message was received. */
        Duration retryDelay();

        /** Makes the message visible again after that time. */
        Uni<Void> retryAfter(Duration delay);

        /** Moves the message to the channel's poison queue with the reason. */
        Uni<Void> moveToPoison(String reason);

        /** Gives the message back and ends the channel; the process is no longer alive for its health check. */
        Uni<Void> failChannel(Throwable reason);
    }
}

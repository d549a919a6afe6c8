package io.freshet.azure.queue;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Overrides its channel's attributes for one outgoing message.
 *
 * @param visibilityDelay delay before the message can be received; null: as configured for the channel
 * @param queue target queue; null: the channel's queue
 */
public record OutgoingQueueMetadata(
        @Nullable Duration visibilityDelay, @Nullable String queue) {

    public static OutgoingQueueMetadata delayedBy(Duration visibilityDelay) {
        return new OutgoingQueueMetadata(visibilityDelay, null);
    }

    public static OutgoingQueueMetadata toQueue(String queue) {
        return new OutgoingQueueMetadata(null, queue);
    }
}

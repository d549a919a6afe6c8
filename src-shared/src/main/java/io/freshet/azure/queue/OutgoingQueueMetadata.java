package io.freshet.azure.queue;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * How one outgoing message differs from its channel's attributes.
 *
 * @param visibilityDelay until the message can be received; null: as the channel says
 * @param queue where the message goes; null: the channel's queue
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

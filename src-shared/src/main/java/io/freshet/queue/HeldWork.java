package io.freshet.queue;

import io.smallrye.mutiny.Uni;

import java.time.Duration;

/** Metadata of a message that is in flight in this process. */
public interface HeldWork {

    /** How often the message has been received, including this time. */
    long dequeueCount();

    /**
     * Returns the message to the queue without counting it as failed, for instance when the process stops.
     * Acknowledging it afterwards has no effect. The service still counts it as received. Fails if the queue does not
     * respond; the message then becomes visible again after its visibility time-out.
     *
     * @param delay before it can be received again, in whole seconds, rounded up
     */
    Uni<Void> makeVisibleAfter(Duration delay);
}

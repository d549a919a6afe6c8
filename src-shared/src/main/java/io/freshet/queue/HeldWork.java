package io.freshet.queue;

import io.smallrye.mutiny.Uni;

import java.time.Duration;

/** A message that is in work here, as its metadata. */
public interface HeldWork {

    /** How often the message has been received, this time included. */
    long dequeueCount();

    /**
     * Hands the message back without calling it failed, for instance when the process ends. Acknowledging it afterwards
     * does nothing. The service counts it as received all the same. Fails when the queue does not answer; the message is
     * then visible again after its visibility time-out.
     *
     * @param delay until it can be received again; whole seconds, rounded up
     */
    Uni<Void> makeVisibleAfter(Duration delay);
}

package io.freshet.queue;

import io.smallrye.mutiny.Uni;

import java.time.Duration;

/** Checks individual queues, for diagnostics. Creates nothing and retries nothing later. */
public interface QueueTrial {

    /** Approximate number of messages in a queue. Fails with NOT_FOUND if there is no such queue. */
    Uni<Integer> depth(String queue);

    /**
     * Sends a text that is dropped if nobody receives it.
     *
     * @param keptFor time-to-live in whole seconds
     */
    Uni<Void> send(String queue, String text, Duration keptFor);
}

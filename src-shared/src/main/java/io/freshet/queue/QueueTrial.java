package io.freshet.queue;

import io.smallrye.mutiny.Uni;

import java.time.Duration;

/** Tries single queues, for whoever looks for what is wrong with them. Nothing is created, and nothing repeated later. */
public interface QueueTrial {

    /** Messages in a queue, approximate. Fails with NOT_FOUND if there is no such queue. */
    Uni<Integer> depth(String queue);

    /**
     * Sends a text that is dropped if nobody takes it.
     *
     * @param keptFor whole seconds
     */
    Uni<Void> send(String queue, String text, Duration keptFor);
}

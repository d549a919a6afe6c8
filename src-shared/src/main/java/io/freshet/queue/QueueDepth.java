package io.freshet.queue;

import io.smallrye.mutiny.Uni;

/** How much waits in the queue of work items. */
public interface QueueDepth {

    /** Messages, those in work included; approximate, never less than there are. 0 if there is no such queue. */
    Uni<Integer> ofWork();

    /** As {@link #ofWork}, of the queue of orchestrations' items. */
    Uni<Integer> ofInput();
}

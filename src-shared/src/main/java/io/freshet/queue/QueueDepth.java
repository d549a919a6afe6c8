package io.freshet.queue;

import io.smallrye.mutiny.Uni;

/** How much waits in the queues of work items. */
public interface QueueDepth {

    /**
     * Messages for the parts of jobs, those in flight included, in both their queues; approximate, never less than there
     * are. A queue that is missing counts as empty.
     */
    Uni<Integer> ofWork();

    /** As {@link #ofWork}, of the queue of orchestrations' items. */
    Uni<Integer> ofInput();
}

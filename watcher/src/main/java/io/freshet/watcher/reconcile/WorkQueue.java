package io.freshet.watcher.reconcile;

import io.freshet.message.WorkMessage;
import io.smallrye.mutiny.Uni;

/** The queue that wakes workers. */
interface WorkQueue {
    Uni<Void> send(WorkMessage message);

    /** Messages in the queue, those in flight included. */
    Uni<Integer> depth();
}

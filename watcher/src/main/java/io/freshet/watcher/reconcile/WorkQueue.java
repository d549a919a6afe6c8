package io.freshet.watcher.reconcile;

import io.freshet.message.WorkMessage;
import io.freshet.run.Run;
import io.smallrye.mutiny.Uni;

/** The queues that wake workers. */
interface WorkQueue {
    Uni<Void> send(WorkMessage message);

    /** Messages in the queue of this kind of runs, those in flight included. */
    Uni<Integer> depth(Run run);
}

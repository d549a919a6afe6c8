package io.freshet.watcher.reconcile;

import io.freshet.message.Wire;
import io.freshet.message.WorkMessage;
import io.freshet.queue.QueueDepth;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** The queue that wakes workers. */
@Singleton
final class WorkOutbox {
    private final MutinyEmitter<String> work;
    private final QueueDepth depth;

    WorkOutbox(@Channel("work") MutinyEmitter<String> work, QueueDepth depth) {
        this.work = work;
        this.depth = depth;
    }

    Uni<Void> send(WorkMessage message) {
        return work.send(Wire.write(message));
    }

    /** Messages in the queue, those in work included. */
    Uni<Integer> depth() {
        return depth.ofWork();
    }
}

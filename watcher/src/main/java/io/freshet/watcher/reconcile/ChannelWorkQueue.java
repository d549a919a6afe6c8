package io.freshet.watcher.reconcile;

import io.freshet.message.Wire;
import io.freshet.message.WorkMessage;
import io.freshet.queue.QueueDepth;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** The channel {@code work}. */
@Singleton
final class ChannelWorkQueue implements WorkQueue {
    private final MutinyEmitter<String> work;
    private final QueueDepth depth;

    ChannelWorkQueue(@Channel("work") MutinyEmitter<String> work, QueueDepth depth) {
        this.work = work;
        this.depth = depth;
    }

    @Override
    public Uni<Void> send(WorkMessage message) {
        return work.send(Wire.write(message));
    }

    @Override
    public Uni<Integer> depth() {
        return depth.ofWork();
    }
}

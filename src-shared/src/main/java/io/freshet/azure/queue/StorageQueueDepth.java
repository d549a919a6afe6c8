package io.freshet.azure.queue;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.queue.QueueDepth;
import io.freshet.queue.QueueTrial;
import io.freshet.queue.QueuesConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Depth of Azure Storage queues, as their metadata tell it. */
@Singleton
final class StorageQueueDepth implements QueueDepth {
    private final QueueTrial queues;
    private final QueuesConfig config;

    StorageQueueDepth(QueueTrial queues, QueuesConfig config) {
        this.queues = queues;
        this.config = config;
    }

    @Override
    public Uni<Integer> ofWork() {
        return Uni.combine()
                .all()
                .unis(of(config.work()), of(config.priority()))
                .with(Integer::sum);
    }

    @Override
    public Uni<Integer> ofInput() {
        return of(config.input());
    }

    private Uni<Integer> of(String queue) {
        return queues.depth(queue)
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .recoverWithItem(0);
    }
}

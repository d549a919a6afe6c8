package io.freshet.azure.queue;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.queue.QueueDepth;
import io.freshet.queue.QueueTrial;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Depth of an Azure Storage queue, as its metadata tell it. */
@Singleton
final class StorageQueueDepth implements QueueDepth {
    private final QueueTrial queues;
    private final String work;
    private final String input;

    StorageQueueDepth(
            QueueTrial queues,
            @ConfigProperty(name = "freshet.queues.work") String work,
            @ConfigProperty(name = "freshet.queues.input") String input) {
        this.queues = queues;
        this.work = work;
        this.input = input;
    }

    @Override
    public Uni<Integer> ofWork() {
        return of(work);
    }

    @Override
    public Uni<Integer> ofInput() {
        return of(input);
    }

    private Uni<Integer> of(String queue) {
        return queues.depth(queue)
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .recoverWithItem(0);
    }
}

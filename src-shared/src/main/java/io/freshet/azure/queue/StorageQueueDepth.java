package io.freshet.azure.queue;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.queue.QueueDepth;
import io.freshet.queue.QueueTrial;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Depth of Azure Storage queues, as their metadata tell it. */
@Singleton
final class StorageQueueDepth implements QueueDepth {
    private final QueueTrial queues;
    private final String work;
    private final String priority;
    private final String input;

    StorageQueueDepth(
            QueueTrial queues,
            @ConfigProperty(name = "freshet.queues.work") String work,
            @ConfigProperty(name = "freshet.queues.priority") String priority,
            @ConfigProperty(name = "freshet.queues.input") String input) {
        this.queues = queues;
        this.work = work;
        this.priority = priority;
        this.input = input;
    }

    @Override
    public Uni<Integer> ofWork() {
        return Uni.combine().all().unis(of(work), of(priority)).with(Integer::sum);
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

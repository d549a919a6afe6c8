package io.freshet.azure.queue;

import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.queue.StorageQueues.StorageQueue;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.queue.QueueDepth;
import io.freshet.queue.QueueTrial;
import io.freshet.queue.QueuesConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Duration;

/** Single calls to queues of the account; their depth is what their metadata say. */
@Singleton
final class StorageQueueProbe implements QueueDepth, QueueTrial {
    private final StorageQueues queues;
    private final StorageAccount account;
    private final AzureCalls calls;
    private final QueuesConfig config;

    StorageQueueProbe(StorageQueues queues, StorageAccount account, AzureCalls calls, QueuesConfig config) {
        this.queues = queues;
        this.account = account;
        this.calls = calls;
        this.config = config;
    }

    @Override
    public Uni<Integer> ofWork() {
        return Uni.combine()
                .all()
                .unis(depthIfThere(config.work()), depthIfThere(config.priority()))
                .with(Integer::sum);
    }

    @Override
    public Uni<Integer> ofInput() {
        return depthIfThere(config.input());
    }

    private Uni<Integer> depthIfThere(String queue) {
        return depth(queue)
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .recoverWithItem(0);
    }

    @Override
    public Uni<Integer> depth(String queue) {
        return calls.call(
                        "GetQueueMetadata",
                        () -> account.queues().getQueueAsyncClient(queue).getProperties())
                .map(properties -> (int) Math.min(Integer.MAX_VALUE, properties.getApproximateMessagesCountLong()));
    }

    @Override
    public Uni<Void> send(String queue, String text, Duration keptFor) {
        return queues.queue(queue, StorageQueue.Creation.NEVER).send(text, Duration.ZERO, keptFor);
    }
}

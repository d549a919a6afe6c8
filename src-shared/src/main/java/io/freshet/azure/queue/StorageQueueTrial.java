package io.freshet.azure.queue;

import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.queue.QueueTrial;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Duration;

/** Single calls to queues of the account. */
@Singleton
final class StorageQueueTrial implements QueueTrial {
    private final StorageQueues queues;
    private final StorageAccount account;
    private final AzureCalls calls;

    StorageQueueTrial(StorageQueues queues, StorageAccount account, AzureCalls calls) {
        this.queues = queues;
        this.account = account;
        this.calls = calls;
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
        return queues.queue(queue, QueueCreation.NEVER).send(text, Duration.ZERO, keptFor);
    }
}

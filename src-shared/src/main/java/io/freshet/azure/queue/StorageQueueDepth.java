package io.freshet.azure.queue;

import com.azure.storage.queue.QueueServiceAsyncClient;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.queue.QueueDepth;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Depth of an Azure Storage queue, as its metadata tell it. */
@Singleton
final class StorageQueueDepth implements QueueDepth {
    private final StorageAccount account;
    private final AzureCalls calls;
    private final String work;
    private final String input;

    StorageQueueDepth(
            StorageAccount account,
            AzureCalls calls,
            @ConfigProperty(name = "freshet.queues.work") String work,
            @ConfigProperty(name = "freshet.queues.input") String input) {
        this.account = account;
        this.calls = calls;
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
        QueueServiceAsyncClient queues = account.queues();
        return calls.call(
                        "GetQueueMetadata",
                        () -> queues.getQueueAsyncClient(queue).getProperties())
                .map(properties -> (int) Math.min(Integer.MAX_VALUE, properties.getApproximateMessagesCountLong()))
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .recoverWithItem(0);
    }
}

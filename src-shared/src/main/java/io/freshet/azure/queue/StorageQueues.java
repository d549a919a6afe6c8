package io.freshet.azure.queue;

import com.azure.storage.queue.QueueServiceAsyncClient;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.queue.StorageQueue.Creation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/** The queues of one storage account; the client is made on first use. */
@Singleton
final class StorageQueues {
    private final Supplier<QueueServiceAsyncClient> account;
    private final AzureCalls calls;
    private @Nullable QueueServiceAsyncClient service;

    @Inject
    StorageQueues(StorageAccount account, AzureCalls calls) {
        this(account::queues, calls);
    }

    StorageQueues(Supplier<QueueServiceAsyncClient> account, AzureCalls calls) {
        this.account = account;
        this.calls = calls;
    }

    StorageQueue queue(String name, Creation creation) {
        return new StorageQueue(service().getQueueAsyncClient(name), calls, creation);
    }

    private synchronized QueueServiceAsyncClient service() {
        if (service == null) {
            service = account.get();
        }
        return service;
    }
}

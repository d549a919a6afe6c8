package io.freshet.azure.storage;

import com.azure.storage.blob.BlobContainerAsyncClient;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.identity.StorageConfig;
import io.freshet.storage.BlobStore;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;

/** The containers: that of runs, and those of the inputs and outputs of orchestrations. */
final class StorageBeans {

    @Produces
    @Singleton
    BlobStore runs(StorageAccount account, StorageConfig config, AzureCalls calls, Clock clock) {
        return container(account, account.container(), config, new Calls(calls, clock));
    }

    @Produces
    @Singleton
    @Identifier("inputs")
    BlobStore inputs(StorageAccount account, StorageConfig config, AzureCalls calls, Clock clock) {
        return container(account, config.inputContainer(), config, new Calls(calls, clock));
    }

    @Produces
    @Singleton
    @Identifier("outputs")
    BlobStore outputs(StorageAccount account, StorageConfig config, AzureCalls calls, Clock clock) {
        return container(account, config.outputContainer(), config, new Calls(calls, clock));
    }

    record Calls(AzureCalls calls, Clock clock) {}

    static BlobStore container(StorageAccount account, String name, StorageConfig config, Calls calls) {
        BlobContainerAsyncClient container = account.blobs().getBlobContainerAsyncClient(name);
        boolean byKey = config.connectionString().isPresent() || config.key().isPresent();
        CopyAccess access = byKey
                ? CopyAccess.bySharedKey(container, calls.clock())
                : CopyAccess.byIdentity(account::identity, calls.calls());
        return new AzureBlobStore(container, access, calls.calls());
    }
}

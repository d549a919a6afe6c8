package io.freshet.azure.storage;

import com.azure.storage.blob.BlobContainerAsyncClient;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.identity.StorageConfig;
import io.freshet.storage.BlobStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;

/** The container that runs are kept in. */
final class StorageBeans {

    @Produces
    @Singleton
    BlobStore runs(StorageAccount account, StorageConfig config, AzureCalls calls, Clock clock) {
        BlobContainerAsyncClient container = account.blobs().getBlobContainerAsyncClient(account.container());
        boolean byKey = config.connectionString().isPresent() || config.key().isPresent();
        CopyAccess access =
                byKey ? CopyAccess.bySharedKey(container, clock) : CopyAccess.byIdentity(account::identity, calls);
        return new AzureBlobStore(container, access, calls);
    }
}

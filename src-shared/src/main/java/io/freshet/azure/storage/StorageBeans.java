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
import java.util.Arrays;
import java.util.Optional;

/** The containers of runs, and of the inputs and outputs of orchestrations. */
final class StorageBeans {
    private static final String SAS = "SharedAccessSignature=";

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
        return new AzureBlobStore(container, access(account, container, config, calls), calls.calls());
    }

    private static CopyAccess access(
            StorageAccount account, BlobContainerAsyncClient container, StorageConfig config, Calls calls) {
        Optional<String> sas = config.connectionString().flatMap(StorageBeans::sas);
        if (sas.isPresent()) {
            return CopyAccess.bySas(sas.get());
        }
        return config.connectionString().isPresent() || config.key().isPresent()
                ? CopyAccess.bySharedKey(container, calls.clock())
                : CopyAccess.byIdentity(account::identity, calls.calls());
    }

    private static Optional<String> sas(String connectionString) {
        return Arrays.stream(connectionString.split(";"))
                .filter(part -> part.startsWith(SAS))
                .map(part -> part.substring(SAS.length()))
                .findFirst();
    }
}

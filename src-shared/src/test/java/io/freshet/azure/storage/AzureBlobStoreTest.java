package io.freshet.azure.storage;

import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.harness.storage.Azurite;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStoreContract;
import io.freshet.testing.AzuriteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(AzuriteResource.class)
class AzureBlobStoreTest extends BlobStoreContract {
    @Inject
    BlobStore store;

    @Inject
    StorageAccount account;

    @Inject
    AzureCalls calls;

    @BeforeEach
    void container() {
        store.ensureContainer().await().indefinitely();
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Test
    void aContainerThatIsMissingIsMadeByTheFirstWrite() {
        BlobStore fresh = new AzureBlobStore(
                account.blobs().getBlobContainerAsyncClient(Azurite.uniqueName("fresh")),
                CopyAccess.bySas("none"),
                calls);

        BlobStore.Written written = fresh.put(
                        "a", List.of(), BlobStore.Attributes.ofType("text/plain"), BlobStore.Condition.IF_ABSENT)
                .await()
                .indefinitely();

        assertThat(written.conflict()).isFalse();
        assertThat(fresh.read("a").await().indefinitely()).isPresent();
    }
}

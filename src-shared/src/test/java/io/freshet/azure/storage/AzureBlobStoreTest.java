package io.freshet.azure.storage;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStoreContract;
import io.freshet.testing.AzuriteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(AzuriteResource.class)
class AzureBlobStoreTest extends BlobStoreContract {
    @Inject
    BlobStore store;

    @BeforeEach
    void container() {
        store.ensureContainer().await().indefinitely();
    }

    @Override
    protected BlobStore store() {
        return store;
    }
}

package io.freshet.storage;

import io.freshet.testing.InMemoryBlobStore;

import java.time.Clock;

class InMemoryBlobStoreTest extends BlobStoreContract {
    private final BlobStore store = new InMemoryBlobStore(Clock.systemUTC());

    @Override
    protected BlobStore store() {
        return store;
    }
}

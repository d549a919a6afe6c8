package io.freshet.gateway.durable;

import io.freshet.storage.BlobStore;
import io.freshet.testing.InMemoryBlobStore;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;

/** What is replaced under the gateway. */
@Alternative
@Singleton
final class DurableBeans {

    @Produces
    @Singleton
    BlobStore blobs(Clock clock) {
        return new InMemoryBlobStore(clock);
    }

    @Produces
    @Singleton
    Clock clock() {
        return JumpingClock.INSTANCE;
    }
}

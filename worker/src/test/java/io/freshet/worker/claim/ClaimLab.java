package io.freshet.worker.claim;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.Patience;
import io.freshet.worker.WorkerConfig;
import io.freshet.worker.claim.Claims.ClaimAttempt;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

import java.util.List;

/** Claims on blobs of a store, for tests. */
public final class ClaimLab implements AutoCloseable {
    private final BlobStore store;
    private final Vertx vertx = Vertx.vertx();
    private final Claims claims;

    public ClaimLab(BlobStore store) {
        this.store = store;
        WorkerConfig config = new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .build()
                .getConfigMapping(WorkerConfig.class);
        this.claims = new Claims(store, config, vertx, new SimpleMeterRegistry());
    }

    /** Claims an index blob, which is made if it is not there. */
    public Claim claim(String index) {
        store.put(index, List.of(), Attributes.ofType("text/plain"), Condition.IF_ABSENT)
                .await()
                .indefinitely();
        return ((ClaimAttempt.Claimed) attempt(index)).claim();
    }

    public ClaimAttempt attempt(String index) {
        return claims.claim(index).await().atMost(Patience.LIMIT);
    }

    public Claims claims() {
        return claims;
    }

    @Override
    public void close() {
        vertx.close();
    }
}

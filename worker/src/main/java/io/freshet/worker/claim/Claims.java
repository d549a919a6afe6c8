package io.freshet.worker.claim;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.LeaseResult;
import io.freshet.worker.WorkerConfig;
import io.freshet.worker.claim.LeaseClaim.Lease;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Takes claims: the lease on an index blob, renewed for as long as it is held, or the message itself. */
@Singleton
public final class Claims {
    private final BlobStore blobs;
    private final WorkerConfig config;
    private final Vertx vertx;
    private final Timer latency;
    private final Set<Claim> held = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    public Claims(BlobStore blobs, WorkerConfig config, Vertx vertx, MeterRegistry metrics) {
        this.blobs = blobs;
        this.config = config;
        this.vertx = vertx;
        this.latency = Timer.builder("freshet.claim.latency")
                .description("From asking for the lease on an item to having it, or not")
                .register(metrics);
    }

    /** Tries to claim. Of all workers that try concurrently, exactly one succeeds. */
    public Uni<ClaimAttempt> claim(String indexBlob) {
        String lease = UUID.randomUUID().toString();
        long askedAt = System.nanoTime();
        return blobs.acquireLease(indexBlob, lease, config.lease())
                .invoke(result -> latency.record(Duration.ofNanos(System.nanoTime() - askedAt)))
                .map(result -> attempt(result, new Lease(indexBlob, lease, config.lease(), askedAt)));
    }

    /** Works under the message that delivered the item, which does not exclude others. */
    public Uni<ClaimAttempt> byMessage(BlobStore inputs, String input) {
        return Uni.createFrom().item(() -> new ClaimAttempt.Claimed(remember(new MessageClaim(inputs, input))));
    }

    private ClaimAttempt attempt(LeaseResult result, Lease lease) {
        return switch (result) {
            case ABSENT -> new ClaimAttempt.Absent();
            case HELD_BY_ANOTHER -> new ClaimAttempt.HeldByAnother();
            case ACQUIRED -> new ClaimAttempt.Claimed(remember(LeaseClaim.held(blobs, lease, vertx)));
        };
    }

    private Claim remember(Claim claim) {
        held.add(claim);
        if (stopping) {
            claim.abandon();
        }
        return claim;
    }

    /**
     * Works under a claim that the work itself ends. If the work fails, the claim is released, or left to expire if the
     * release fails. Renewal stops either way.
     */
    public <T> Uni<T> under(Claim claim, Uni<T> work) {
        return work.onFailure()
                .call(() -> claim.release().onFailure().recoverWithNull())
                .onTermination()
                .invoke(() -> forget(claim));
    }

    private void forget(Claim claim) {
        held.remove(claim);
        claim.end();
    }

    /** Whether this worker is stopping and hands its items back. */
    public boolean isStopping() {
        return stopping;
    }

    /** Interrupts all work under claims: the worker's grace period is over. */
    public void abandonAll() {
        stopping = true;
        held.forEach(Claim::abandon);
    }

    /** Result of an attempt to claim. */
    public sealed interface ClaimAttempt {

        /** The claim is ours. */
        record Claimed(Claim claim) implements ClaimAttempt {}

        /** There is nothing to claim: the item is done, or its run is gone. */
        record Absent() implements ClaimAttempt {}

        /** Another worker holds it. */
        record HeldByAnother() implements ClaimAttempt {}
    }
}

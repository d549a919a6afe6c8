package io.freshet.worker.claim;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Deletion;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The lease on an index blob. It is renewed in the background; when renewal fails, the claim is lost. Every change to
 * the index blob names the lease, so nobody can change it after losing the lease.
 */
final class LeaseClaim extends Claim {
    private static final Logger LOG = Logger.getLogger(LeaseClaim.class);

    private final BlobStore blobs;
    private final Lease lease;
    private final Vertx vertx;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile long renewedAt;
    private volatile long timer;

    /**
     * @param blob index blob that is leased
     * @param askedAt time of the request by the monotonic clock, in nanoseconds; the lease began no earlier
     */
    record Lease(String blob, String id, Duration duration, long askedAt) {}

    private LeaseClaim(BlobStore blobs, Lease lease, Vertx vertx) {
        this.blobs = blobs;
        this.lease = lease;
        this.vertx = vertx;
        this.renewedAt = lease.askedAt();
    }

    static LeaseClaim held(BlobStore blobs, Lease lease, Vertx vertx) {
        LeaseClaim claim = new LeaseClaim(blobs, lease, vertx);
        claim.timer = vertx.setPeriodic(lease.duration().toMillis() / 3, id -> claim.renew());
        return claim;
    }

    @Override
    public Uni<Void> confirm() {
        long askedAt = System.nanoTime();
        return blobs.renewLease(lease.blob(), lease.id())
                .invoke(held -> renewed(held, askedAt))
                .flatMap(held ->
                        held ? Uni.createFrom().voidItem() : Uni.createFrom().failure(lost()));
    }

    @Override
    public Uni<Boolean> complete() {
        end();
        return blobs.delete(lease.blob(), lease.id()).map(deletion -> deletion != Deletion.ABSENT);
    }

    @Override
    public Uni<Boolean> mark(Map<String, String> metadata) {
        return blobs.setMetadata(lease.blob(), metadata, lease.id());
    }

    @Override
    public Uni<Void> release() {
        end();
        return blobs.releaseLease(lease.blob(), lease.id());
    }

    private void renew() {
        if (isHeld() && renewing.compareAndSet(false, true)) {
            long askedAt = System.nanoTime();
            blobs.renewLease(lease.blob(), lease.id())
                    .onTermination()
                    .invoke(() -> renewing.set(false))
                    .subscribe()
                    .with(held -> renewed(held, askedAt), this::notRenewed);
        }
    }

    private void renewed(boolean held, long askedAt) {
        if (held) {
            renewedAt = askedAt;
        } else {
            loseToAnother();
        }
    }

    private void notRenewed(Throwable failure) {
        boolean expired = System.nanoTime() - renewedAt >= lease.duration().toNanos();
        LOG.debugf("Could not renew the lease on %s: %s", lease.blob(), failure.getMessage());
        if (expired) {
            loseToAnother();
        }
    }

    private void loseToAnother() {
        if (lose()) {
            LOG.infof("Lost the lease on %s; another worker takes over its item", lease.blob());
        }
    }

    @Override
    String subject() {
        return lease.blob();
    }

    @Override
    void stopKeeping() {
        vertx.cancelTimer(timer);
    }
}

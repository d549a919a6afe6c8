package io.freshet.worker.claim;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Deletion;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The right to work on an item, for as long as the lease on its index blob is held. It is renewed in the background;
 * when that fails the claim is lost, and whoever works under it is told.
 */
public final class Claim {
    private static final Logger LOG = Logger.getLogger(Claim.class);

    private final BlobStore blobs;
    private final ClaimedBlob blob;
    private final Timing timing;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final CopyOnWriteArrayList<Runnable> whenLost = new CopyOnWriteArrayList<>();
    private volatile long renewedAt;
    private volatile long timer;

    private enum State {
        HELD,
        LOST,
        ENDED
    }

    /** @param askedAt nanoseconds of the monotonic clock at which the lease was asked for: it began no earlier */
    record Timing(Vertx vertx, Duration lease, long askedAt) {}

    private Claim(BlobStore blobs, ClaimedBlob blob, Timing timing) {
        this.blobs = blobs;
        this.blob = blob;
        this.timing = timing;
        this.renewedAt = timing.askedAt();
    }

    static Claim held(BlobStore blobs, ClaimedBlob blob, Timing timing) {
        Claim claim = new Claim(blobs, blob, timing);
        claim.timer = timing.vertx().setPeriodic(timing.lease().toMillis() / 3, id -> claim.renew());
        return claim;
    }

    public boolean isHeld() {
        return state.get() == State.HELD;
    }

    /** Runs the action when the claim is lost, at once if it is already. */
    public void onLost(Runnable action) {
        whenLost.add(action);
        if (state.get() == State.LOST && whenLost.remove(action)) {
            action.run();
        }
    }

    /** Renews now; fails as transient with LEASE_LOST if the claim is not ours any more. */
    public Uni<Void> confirm() {
        long askedAt = System.nanoTime();
        return blobs.renewLease(blob.name(), blob.lease())
                .invoke(held -> renewed(held, askedAt))
                .flatMap(held ->
                        held ? Uni.createFrom().voidItem() : Uni.createFrom().failure(lost()));
    }

    /** Ends the claim by deleting its index blob: the item is done. */
    public Uni<Deletion> complete() {
        end();
        return blobs.delete(blob.name(), blob.lease());
    }

    /** Changes the index blob's metadata under the lease; false if the claim is not ours any more. */
    public Uni<Boolean> mark(Map<String, String> metadata) {
        return blobs.setMetadata(blob.name(), metadata, blob.lease());
    }

    /** Ends the claim and leaves the item for others. */
    public Uni<Void> release() {
        end();
        return blobs.releaseLease(blob.name(), blob.lease());
    }

    /** Stops the work under this claim because the worker stops; whoever worked releases it. */
    void abandon() {
        if (state.compareAndSet(State.HELD, State.LOST)) {
            timing.vertx().cancelTimer(timer);
            tell();
        }
    }

    /** What to fail with when the claim is lost. */
    public Transient lost() {
        return new Transient(FailureCode.LEASE_LOST, "The lease on " + blob.name() + " was lost", null);
    }

    private void renew() {
        if (isHeld() && renewing.compareAndSet(false, true)) {
            long askedAt = System.nanoTime();
            blobs.renewLease(blob.name(), blob.lease())
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
            lose();
        }
    }

    private void notRenewed(Throwable failure) {
        boolean expired = System.nanoTime() - renewedAt >= timing.lease().toNanos();
        LOG.debugf("Could not renew the lease on %s: %s", blob.name(), failure.getMessage());
        if (expired) {
            lose();
        }
    }

    private void lose() {
        if (state.compareAndSet(State.HELD, State.LOST)) {
            timing.vertx().cancelTimer(timer);
            LOG.infof("Lost the lease on %s; its item goes to another worker", blob.name());
            tell();
        }
    }

    private void tell() {
        whenLost.forEach(action -> {
            if (whenLost.remove(action)) {
                action.run();
            }
        });
    }

    /** Stops the renewal; the lease is left to whoever ends it, or to itself. */
    void end() {
        state.set(State.ENDED);
        timing.vertx().cancelTimer(timer);
    }
}

package io.freshet.azure.storage;

import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.options.BlobBreakLeaseOptions;
import com.azure.storage.blob.specialized.BlobLeaseAsyncClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import io.freshet.azure.AzureCalls;
import io.freshet.storage.BlobStore.LeaseResult;
import io.smallrye.mutiny.Uni;

import java.time.Duration;

/** Leases on the blobs of one container. */
final class AzureLeases {
    private final BlobContainerAsyncClient container;
    private final AzureCalls calls;

    AzureLeases(BlobContainerAsyncClient container, AzureCalls calls) {
        this.container = container;
        this.calls = calls;
    }

    Uni<LeaseResult> acquire(String name, String leaseId, Duration duration) {
        int seconds = Math.toIntExact(duration.toSeconds());
        return calls.call("AcquireLease", () -> lease(name, leaseId).acquireLease(seconds))
                .replaceWith(LeaseResult.ACQUIRED)
                .onFailure(StorageErrors::notFound)
                .recoverWithItem(LeaseResult.ABSENT)
                .onFailure(StorageErrors::leased)
                .recoverWithItem(LeaseResult.HELD_BY_ANOTHER);
    }

    Uni<Boolean> renew(String name, String leaseId) {
        return calls.call("RenewLease", () -> lease(name, leaseId).renewLease())
                .replaceWith(true)
                .onFailure(StorageErrors::goneOrNotOurs)
                .recoverWithItem(false);
    }

    Uni<Void> release(String name, String leaseId) {
        return calls.call("ReleaseLease", () -> lease(name, leaseId).releaseLease())
                .onFailure(StorageErrors::goneOrNotOurs)
                .recoverWithNull();
    }

    Uni<Void> breakAny(String name) {
        BlobBreakLeaseOptions now = new BlobBreakLeaseOptions().setBreakPeriod(Duration.ZERO);
        BlobLeaseAsyncClient anyLease = new BlobLeaseClientBuilder()
                .blobAsyncClient(container.getBlobAsyncClient(name))
                .buildAsyncClient();
        return calls.call("BreakLease", () -> anyLease.breakLeaseWithResponse(now))
                .replaceWithVoid()
                .onFailure(StorageErrors::goneOrNotOurs)
                .recoverWithNull();
    }

    private BlobLeaseAsyncClient lease(String name, String leaseId) {
        return new BlobLeaseClientBuilder()
                .blobAsyncClient(container.getBlobAsyncClient(name))
                .leaseId(leaseId)
                .buildAsyncClient();
    }
}

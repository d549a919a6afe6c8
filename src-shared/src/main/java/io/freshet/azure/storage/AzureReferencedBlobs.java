package io.freshet.azure.storage;

import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobUrlParts;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.storage.InputRules.Reader;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.run.RunId;
import io.freshet.storage.InputUrl;
import io.freshet.storage.ReferencedBlobs;
import io.freshet.storage.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Blobs by URL, each read as {@link InputRules} says. */
@Singleton
final class AzureReferencedBlobs implements ReferencedBlobs {
    /** Requested in place of a blob that may not be read, so that response times do not reveal whether it exists. */
    private static final String NOTHING = "nothing";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final StorageAccount account;
    private final InputRules rules;
    private final AzureCalls calls;

    AzureReferencedBlobs(StorageAccount account, InputRules rules, AzureCalls calls) {
        this.account = account;
        this.rules = rules;
        this.calls = calls;
    }

    private record Target(BlobAsyncClient blob, Reader reader, boolean own) {}

    @Override
    public Uni<Optional<Description>> describe(Referenced reference, Secret sas) {
        return Uni.createFrom().deferred(() -> {
            Target target = target(reference, sas);
            return calls.call(
                            "GetBlobProperties",
                            () -> target.blob().getProperties().map(found -> description(target, found)))
                    .onFailure(StorageErrors::notFound)
                    .recoverWithItem(Optional.empty())
                    .onFailure(FreshetException.class)
                    .transform(t -> explained(target, t));
        });
    }

    private Optional<Description> description(Target target, BlobProperties found) {
        if (target.reader() == Reader.NOBODY) {
            return Optional.empty();
        }
        if (found.getETag() == null || found.getETag().isEmpty()) {
            throw new Permanent(FailureCode.STORAGE_REFUSED, "the blob has no ETag");
        }
        RunId run = target.reader() == Reader.OURSELVES ? rules.runOf(target.blob()) : null;
        return Optional.of(new Description(found.getBlobSize(), found.getETag(), run));
    }

    @Override
    public Uni<ByteBuffer> readRange(Referenced reference, Secret sas, long offset, int length) {
        return Uni.createFrom().deferred(() -> {
            Target target = target(reference, sas);
            return target.reader() == Reader.NOBODY
                    ? Uni.createFrom().failure(notOpen())
                    : read(target, new Bodies.Range(offset, length, reference.etag()));
        });
    }

    private Uni<ByteBuffer> read(Target target, Bodies.Range range) {
        BlobRequestConditions pinned = new BlobRequestConditions().setIfMatch(range.etag());
        BlobRange bytes = new BlobRange(range.offset(), (long) range.length());
        return calls.call(
                        "GetBlob",
                        () -> target.blob()
                                .downloadStreamWithResponse(bytes, AzureBlobStore.noRetry(), pinned, false)
                                .flatMap(response -> Bodies.range(response, range)))
                .map(ByteBuffer::wrap)
                .onFailure(FreshetException.class)
                .transform(t -> explained(target, t));
    }

    private Target target(Referenced reference, Secret sas) {
        InputUrl url = InputUrl.parse(reference.url());
        if (!url.sas().isEmpty()) {
            throw new Permanent(FailureCode.ADDRESS_REFUSED, "has its SAS where everybody can read it");
        }
        BlobUrlParts parts = parts(url);
        Reader reader = rules.reader(url, parts, !sas.isEmpty());
        BlobAsyncClient blob = switch (reader) {
            case OURSELVES -> ours(parts.getBlobContainerName(), parts.getBlobName());
            case CALLER -> account.blobAsCaller(url.place().toString(), sas.reveal());
            case NOBODY -> ours(account.container(), NOTHING);
        };
        return new Target(ofVersion(blob, parts), reader, rules.isOwn(url));
    }

    static BlobUrlParts parts(InputUrl url) {
        try {
            return BlobUrlParts.parse(url.named());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Permanent(FailureCode.ADDRESS_REFUSED, "must be https://<host>/<container>/<blob>");
        }
    }

    private BlobAsyncClient ours(String container, String blob) {
        return account.blobs().getBlobContainerAsyncClient(container).getBlobAsyncClient(blob);
    }

    private static BlobAsyncClient ofVersion(BlobAsyncClient blob, BlobUrlParts parts) {
        if (parts.getSnapshot() != null) {
            return blob.getSnapshotClient(parts.getSnapshot());
        }
        return parts.getVersionId() == null ? blob : blob.getVersionClient(parts.getVersionId());
    }

    private static Permanent notOpen() {
        return new Permanent(
                FailureCode.STORAGE_REFUSED,
                "it came without a SAS, and its container is not in this worker's INPUTCONTAINERS");
    }

    /** In our own words, and without distinguishing why a host does not respond. */
    private static FreshetException explained(Target target, FreshetException failure) {
        int status = StorageErrors.status(failure);
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            String why = target.reader() == Reader.CALLER
                    ? "is the SAS expired, and does it allow read?"
                    : "Freshet itself may not read it";
            return new Permanent(failure.code(), "the storage account refuses (" + status + "): " + why, failure);
        }
        boolean answered = status != StorageErrors.UNKNOWN;
        boolean ownWords = failure.getCause() == null;
        return switch (failure) {
            case Transient t when target.own() -> t;
            case Transient t -> silent(t);
            case Permanent p
            when answered -> new Permanent(p.code(), "the storage account refuses (" + status + ")", p);
            case Permanent p when ownWords -> p;
            case Permanent p
            when target.own() -> new Permanent(p.code(), "the storage account's response is not valid", p);
            case Permanent p -> silent(p);
        };
    }

    private static Transient silent(FreshetException failure) {
        return new Transient(
                FailureCode.HOST_UNAVAILABLE,
                "its host does not respond as Azure Blob Storage does over https",
                failure);
    }
}

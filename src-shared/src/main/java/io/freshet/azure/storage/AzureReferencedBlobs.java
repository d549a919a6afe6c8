package io.freshet.azure.storage;

import com.azure.core.util.FluxUtil;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.run.RunInput.Referenced;
import io.freshet.storage.ReferencedBlobs;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Blobs by URL: with their SAS if they have one, else as {@link StorageAccount#blobByUrl} says. */
@Singleton
final class AzureReferencedBlobs implements ReferencedBlobs {

    private final StorageAccount account;
    private final AzureCalls calls;

    AzureReferencedBlobs(StorageAccount account, AzureCalls calls) {
        this.account = account;
        this.calls = calls;
    }

    @Override
    public Uni<Optional<Description>> describe(Referenced reference) {
        return calls.call("GetBlobProperties", () -> blob(reference).getProperties())
                .map(p -> Optional.of(new Description(p.getBlobSize(), p.getETag())))
                .onFailure(Answers::notFound)
                .recoverWithItem(Optional.empty());
    }

    @Override
    public Uni<ByteBuffer> readRange(Referenced reference, long offset, int length) {
        BlobRequestConditions pinned = new BlobRequestConditions().setIfMatch(reference.etag());
        BlobRange range = new BlobRange(offset, (long) length);
        return calls.call(
                        "GetBlob",
                        () -> blob(reference)
                                .downloadStreamWithResponse(range, AzureBlobStore.noRetry(), pinned, false)
                                .flatMap(r -> FluxUtil.collectBytesInByteBufferStream(r.getValue(), length)))
                .map(ByteBuffer::wrap);
    }

    private BlobAsyncClient blob(Referenced reference) {
        return account.blobByUrl(reference.url(), reference.access().reveal());
    }
}

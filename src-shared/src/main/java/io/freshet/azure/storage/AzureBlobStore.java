package io.freshet.azure.storage;

import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockFromUrlOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import io.freshet.azure.AzureCalls;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One container of Azure Blob Storage. */
public final class AzureBlobStore implements BlobStore {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /** Far more than a run's document has. */
    private static final int LARGEST_DOCUMENT = 16 << 20;

    private final BlobContainerAsyncClient container;
    private final AzureCalls calls;
    private final AzureLeases leases;
    private final AzureListing listing;
    private final CopyAccess copyAccess;

    public AzureBlobStore(BlobContainerAsyncClient container, CopyAccess copyAccess, AzureCalls calls) {
        this.container = container;
        this.calls = calls;
        this.copyAccess = copyAccess;
        this.leases = new AzureLeases(container, calls);
        this.listing = new AzureListing(container, calls);
    }

    @Override
    public Uni<Void> ensureContainer() {
        return calls.call("CreateContainer", container::createIfNotExists).replaceWithVoid();
    }

    @Override
    public Uni<Optional<Content>> read(String name) {
        return calls.call("GetBlob", () -> document(name))
                .map(Optional::of)
                .onFailure(StorageErrors::notFound)
                .recoverWithItem(Optional.empty());
    }

    private Mono<Content> document(String name) {
        return blob(name)
                .downloadStreamWithResponse(null, noRetry(), null, false)
                .flatMap(r -> Bodies.upTo(r, LARGEST_DOCUMENT)
                        .map(bytes ->
                                new Content(bytes, r.getDeserializedHeaders().getETag())));
    }

    @Override
    public Uni<Reading> readIfChanged(String name, @Nullable String etag) {
        BlobRequestConditions changed = new BlobRequestConditions().setIfNoneMatch(etag);
        return calls.call("GetBlob", () -> blob(name).downloadContentWithResponse(noRetry(), changed))
                .<Reading>map(r -> new Reading.Changed(new Content(
                        r.getValue().toBytes(), r.getDeserializedHeaders().getETag())))
                .onFailure(StorageErrors::notFound)
                .recoverWithItem(Reading.ABSENT)
                .onFailure(StorageErrors::notModified)
                .recoverWithItem(Reading.UNCHANGED);
    }

    @Override
    public Uni<ByteBuffer> readRange(String name, long offset, int length, @Nullable String etag) {
        return length == 0
                ? Uni.createFrom().item(NOTHING)
                : calls.call("GetBlob", () -> range(name, offset, length, etag))
                        .map(ByteBuffer::wrap)
                        .onFailure(AzureBlobStore::beyondTheEnd)
                        .recoverWithItem(NOTHING);
    }

    private Mono<byte[]> range(String name, long offset, int length, @Nullable String etag) {
        BlobRange range = new BlobRange(offset, (long) length);
        BlobRequestConditions conditions = new BlobRequestConditions().setIfMatch(etag);
        return blob(name)
                .downloadStreamWithResponse(range, noRetry(), conditions, false)
                .flatMap(r -> Bodies.range(r, new Bodies.Range(offset, length, etag)));
    }

    @Override
    public Uni<Optional<BlobInfo>> describe(String name) {
        return calls.call("GetBlobProperties", () -> blob(name).getProperties())
                .map(p -> Optional.of(AzureListing.info(name, p)))
                .onFailure(StorageErrors::notFound)
                .recoverWithItem(Optional.empty());
    }

    @Override
    public Uni<Written> put(String name, List<ByteBuffer> content, Attributes attributes, Condition condition) {
        Uni<Written> put = written(calls.call(
                "PutBlob",
                () -> blockBlob(name)
                        .uploadWithResponse(new BlockBlobSimpleUploadOptions(data(content))
                                .setHeaders(headers(attributes))
                                .setMetadata(attributes.metadata())
                                .setRequestConditions(conditions(condition)))));
        return put.onFailure(StorageErrors::noContainer)
                .recoverWithUni(() -> ensureContainer().chain(() -> put));
    }

    @Override
    public Uni<Void> stageBlock(String name, String blockId, List<ByteBuffer> content) {
        return calls.call(
                        "PutBlock",
                        () -> blockBlob(name)
                                .stageBlockWithResponse(new BlockBlobStageBlockOptions(base64(blockId), data(content))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> stageBlockFrom(String name, String blockId, String source, long offset, long length) {
        return copyAccess
                .toRead(blob(source).getBlobUrl())
                .flatMap(access -> calls.call(
                        "PutBlockFromURL",
                        () -> blockBlob(name)
                                .stageBlockFromUrlWithResponse(
                                        new BlockBlobStageBlockFromUrlOptions(base64(blockId), access.url())
                                                .setSourceRange(new BlobRange(offset, length))
                                                .setSourceAuthorization(access.authorization()))))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<Block>> blockList(String name) {
        return calls.call("GetBlockList", () -> blockBlob(name).listBlocks(BlockListType.ALL))
                .map(AzureListing::blocks)
                .onFailure(StorageErrors::notFound)
                .recoverWithItem(List.of());
    }

    @Override
    public Uni<Written> commitBlocks(String name, List<String> blockIds, Attributes attributes, Condition condition) {
        List<String> ids = blockIds.stream().map(AzureBlobStore::base64).toList();
        return written(calls.call(
                "PutBlockList",
                () -> blockBlob(name)
                        .commitBlockListWithResponse(new BlockBlobCommitBlockListOptions(ids)
                                .setHeaders(headers(attributes))
                                .setMetadata(attributes.metadata())
                                .setRequestConditions(conditions(condition)))));
    }

    @Override
    public Uni<Boolean> setMetadata(String name, Map<String, String> metadata, @Nullable String lease) {
        BlobRequestConditions held = new BlobRequestConditions().setLeaseId(lease);
        return calls.call("SetBlobMetadata", () -> blob(name).setMetadataWithResponse(metadata, held))
                .replaceWith(true)
                .onFailure(StorageErrors::goneOrNotOurs)
                .recoverWithItem(false);
    }

    @Override
    public Uni<Page<BlobInfo>> list(String prefix, Listing how) {
        return listing.blobs(prefix, how);
    }

    @Override
    public Uni<Page<String>> listFolders(String prefix, Listing how) {
        return listing.folders(prefix, how);
    }

    @Override
    public Uni<Deletion> delete(String name, @Nullable String lease) {
        BlobRequestConditions held = new BlobRequestConditions().setLeaseId(lease);
        return calls.call("DeleteBlob", () -> blob(name).deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, held))
                .replaceWith(Deletion.DELETED)
                .onFailure(StorageErrors::notFound)
                .recoverWithItem(Deletion.ABSENT)
                .onFailure(StorageErrors::leased)
                .recoverWithItem(Deletion.LEASED);
    }

    @Override
    public Uni<Boolean> deleteUnchanged(String name, String etag) {
        BlobRequestConditions unchanged = new BlobRequestConditions().setIfMatch(etag);
        return calls.call(
                        "DeleteBlob", () -> blob(name).deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, unchanged))
                .replaceWith(true)
                .onFailure(t -> StorageErrors.notFound(t) || StorageErrors.conditionNotMet(t))
                .recoverWithItem(false);
    }

    @Override
    public Uni<LeaseResult> acquireLease(String name, String leaseId, Duration duration) {
        return leases.acquire(name, leaseId, duration);
    }

    @Override
    public Uni<Boolean> renewLease(String name, String leaseId) {
        return leases.renew(name, leaseId);
    }

    @Override
    public Uni<Void> releaseLease(String name, String leaseId) {
        return leases.release(name, leaseId);
    }

    @Override
    public Uni<Void> breakLease(String name) {
        return leases.breakAny(name);
    }

    private BlobAsyncClient blob(String name) {
        return container.getBlobAsyncClient(name);
    }

    private BlockBlobAsyncClient blockBlob(String name) {
        return blob(name).getBlockBlobAsyncClient();
    }

    private static Uni<Written> written(Uni<Response<BlockBlobItem>> answer) {
        return answer.map(r -> new Written(Optional.of(r.getValue().getETag())))
                .onFailure(StorageErrors::conditionNotMet)
                .recoverWithItem(Written.CONFLICT);
    }

    /** {@link AzureCalls} retries. */
    static DownloadRetryOptions noRetry() {
        return new DownloadRetryOptions().setMaxRetryRequests(0);
    }

    private static boolean beyondTheEnd(Throwable t) {
        return t instanceof Permanent p && StorageErrors.status(p) == RANGE_NOT_SATISFIABLE;
    }

    private static BinaryData data(List<ByteBuffer> content) {
        return BinaryData.fromListByteBuffer(
                content.stream().map(ByteBuffer::duplicate).toList());
    }

    private static BlobHttpHeaders headers(Attributes attributes) {
        return new BlobHttpHeaders().setContentType(attributes.contentType());
    }

    private static BlobRequestConditions conditions(Condition condition) {
        BlobRequestConditions conditions = new BlobRequestConditions();
        return switch (condition) {
            case Condition.Always c -> conditions;
            case Condition.IfAbsent c -> conditions.setIfNoneMatch("*");
            case Condition.IfMatch c -> conditions.setIfMatch(c.etag());
        };
    }

    private static String base64(String blockId) {
        byte[] id = blockId.getBytes(StandardCharsets.UTF_8);
        if (id.length > 64) {
            throw new Permanent(FailureCode.STORAGE_REFUSED, "Block id '" + blockId + "' is longer than 64 bytes");
        }
        return Base64.getEncoder().encodeToString(id);
    }
}

package io.freshet.azure.storage;

import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.LeaseStateType;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.freshet.azure.AzureCalls;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Block;
import io.freshet.storage.BlobStore.LeaseState;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Page;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Pages of a container's listing. */
final class AzureListing {
    private final BlobContainerAsyncClient container;
    private final AzureCalls calls;

    AzureListing(BlobContainerAsyncClient container, AzureCalls calls) {
        this.container = container;
        this.calls = calls;
    }

    Uni<Page<BlobInfo>> blobs(String prefix, Listing how) {
        return page(how, () -> container.listBlobs(options(prefix, how)))
                .map(p ->
                        new Page<>(p.getValue().stream().map(AzureListing::info).toList(), next(p)));
    }

    Uni<Page<String>> folders(String prefix, Listing how) {
        return page(how, () -> container.listBlobsByHierarchy("/", options(prefix, how)))
                .map(p -> new Page<>(folderNames(p.getValue()), next(p)));
    }

    private static List<String> folderNames(List<BlobItem> items) {
        return items.stream()
                .filter(i -> Boolean.TRUE.equals(i.isPrefix()))
                .map(BlobItem::getName)
                .toList();
    }

    private Uni<PagedResponse<BlobItem>> page(Listing how, Supplier<PagedFlux<BlobItem>> pages) {
        return calls.call("ListBlobs", () -> first(pages.get(), how));
    }

    private static Mono<PagedResponse<BlobItem>> first(PagedFlux<BlobItem> pages, Listing how) {
        return how.token() == null
                ? pages.byPage(how.pageSize()).next()
                : pages.byPage(how.token(), how.pageSize()).next();
    }

    private static @Nullable String next(PagedResponse<BlobItem> page) {
        String token = page.getContinuationToken();
        return token == null || token.isEmpty() ? null : token;
    }

    private static ListBlobsOptions options(String prefix, Listing how) {
        return new ListBlobsOptions()
                .setPrefix(prefix)
                .setMaxResultsPerPage(how.pageSize())
                .setDetails(new BlobListDetails()
                        .setRetrieveMetadata(how.detail() == Listing.Detail.WITH_METADATA)
                        .setRetrieveUncommittedBlobs(how.detail() == Listing.Detail.WITH_UNCOMMITTED));
    }

    private static BlobInfo info(BlobItem item) {
        BlobItemProperties p = item.getProperties();
        return new BlobInfo(
                item.getName(),
                Objects.requireNonNullElse(p.getContentLength(), 0L),
                Objects.requireNonNullElse(p.getETag(), ""),
                Objects.requireNonNullElse(p.getContentType(), ""),
                instant(p.getLastModified()),
                Objects.requireNonNullElse(item.getMetadata(), Map.of()),
                lease(p.getLeaseState()));
    }

    static BlobInfo info(String name, BlobProperties p) {
        return new BlobInfo(
                name,
                p.getBlobSize(),
                p.getETag(),
                Objects.requireNonNullElse(p.getContentType(), ""),
                instant(p.getLastModified()),
                Objects.requireNonNullElse(p.getMetadata(), Map.of()),
                lease(p.getLeaseState()));
    }

    private static LeaseState lease(@Nullable LeaseStateType state) {
        if (state == LeaseStateType.LEASED) {
            return LeaseState.HELD;
        }
        boolean abandoned = state == LeaseStateType.EXPIRED || state == LeaseStateType.BROKEN;
        return abandoned ? LeaseState.ABANDONED : LeaseState.FREE;
    }

    private static Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? Instant.EPOCH : time.toInstant();
    }

    static List<Block> blocks(BlockList list) {
        return Stream.concat(
                        list.getCommittedBlocks().stream().map(block -> block(block, true)),
                        list.getUncommittedBlocks().stream().map(block -> block(block, false)))
                .toList();
    }

    private static Block block(com.azure.storage.blob.models.Block block, boolean committed) {
        String id = new String(Base64.getDecoder().decode(block.getName()), StandardCharsets.UTF_8);
        return new Block(id, block.getSizeLong(), committed);
    }
}

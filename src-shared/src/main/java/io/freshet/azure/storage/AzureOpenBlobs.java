package io.freshet.azure.storage;

import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.identity.StorageConfig;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Page;
import io.freshet.storage.OpenBlobs;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Blobs by container and name, as {@link InputRules} says. */
@Singleton
final class AzureOpenBlobs implements OpenBlobs {
    private final InputRules rules;
    private final StorageAccount account;
    private final StorageConfig config;
    private final AzureCalls calls;
    private final Clock clock;

    AzureOpenBlobs(InputRules rules, StorageAccount account, StorageConfig config, AzureCalls calls, Clock clock) {
        this.rules = rules;
        this.account = account;
        this.config = config;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public boolean mayList(String container, String prefix) {
        return rules.mayBeOpen(container, prefix);
    }

    @Override
    public Uni<Page<BlobInfo>> list(String container, String prefix, @Nullable String token) {
        return mayList(container, prefix)
                ? store(container)
                        .list(prefix, Listing.of(Listing.Detail.PLAIN).from(token))
                        .map(page -> open(container, page))
                : Uni.createFrom().item(new Page<>(List.of(), null));
    }

    private Page<BlobInfo> open(String container, Page<BlobInfo> page) {
        return new Page<>(
                page.entries().stream()
                        .filter(blob -> rules.isOpen(container, blob.name()))
                        .toList(),
                page.next());
    }

    @Override
    public Uni<Optional<ByteBuffer>> read(String container, String blob) {
        return rules.isOpen(container, blob)
                ? store(container)
                        .readRange(blob, 0, LONGEST_INPUT + 1, null)
                        .map(bytes -> Optional.of(bytes).filter(b -> b.remaining() <= LONGEST_INPUT))
                        .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                        .recoverWithItem(Optional.empty())
                : Uni.createFrom().item(Optional.empty());
    }

    private BlobStore store(String container) {
        return StorageBeans.container(account, container, config, new StorageBeans.Calls(calls, clock));
    }
}

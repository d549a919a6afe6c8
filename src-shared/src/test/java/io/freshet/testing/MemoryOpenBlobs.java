package io.freshet.testing;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Content;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Page;
import io.freshet.storage.OpenBlobs;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Containers that are open, in memory; pages are small. */
public final class MemoryOpenBlobs implements OpenBlobs {
    private static final int PAGE = 3;

    public final Map<String, BlobStore> containers = new HashMap<>();

    @Override
    public boolean mayList(String container, String prefix) {
        return containers.containsKey(container);
    }

    @Override
    public Uni<Page<BlobInfo>> list(String container, String prefix, @Nullable String token) {
        BlobStore store = containers.get(container);
        return store == null
                ? Uni.createFrom().item(new Page<>(List.of(), null))
                : store.list(prefix, new Listing(PAGE, token, Listing.Detail.PLAIN));
    }

    @Override
    public Uni<Optional<ByteBuffer>> read(String container, String blob) {
        BlobStore store = containers.get(container);
        return store == null
                ? Uni.createFrom().item(Optional.empty())
                : store.read(blob).map(found -> found.map(Content::bytes).map(ByteBuffer::wrap));
    }
}

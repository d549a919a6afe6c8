package io.freshet.storage;

import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Page;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Blobs of the storage account that everybody may use as inputs without a SAS, by the same rule as for jobs: the lines
 * of runs, and containers opened by the operator. Every call checks again.
 */
public interface OpenBlobs {
    /** Maximum size of a blob that is named as an input: it passes through our memory, together with many others. */
    int LONGEST_INPUT = 1 << 20;

    /** Whether blobs with this prefix may be used at all. */
    boolean mayList(String container, String prefix);

    /**
     * One page of the open blobs whose names begin with {@code prefix}, in lexical order; empty for a container that is
     * not open. Fails with NOT_FOUND if there is no such container.
     *
     * @param token where to continue, from the previous page; null for the first
     */
    Uni<Page<BlobInfo>> list(String container, String prefix, @Nullable String token);

    /** A whole blob; empty if it is not open, does not exist, or is too long. */
    Uni<Optional<ByteBuffer>> read(String container, String blob);
}

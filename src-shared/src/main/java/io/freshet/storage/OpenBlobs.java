package io.freshet.storage;

import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Page;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Blobs of the storage account that everybody may use as inputs without a SAS, by the rule for those that jobs name: the
 * lines of runs, and containers that the operator has opened. Every call decides anew.
 */
public interface OpenBlobs {
    /** Bytes of a blob that may be an input by its name alone: it passes through us, and many do at once. */
    int LONGEST_INPUT = 1 << 20;

    /** Whether blobs below a prefix may be named at all. */
    boolean mayList(String container, String prefix);

    /**
     * One page of the open blobs whose names begin with {@code prefix}, in lexical order; none of a container that is not
     * open. Fails with NOT_FOUND if there is no such container.
     *
     * @param token where to go on, from the page before; null for the first
     */
    Uni<Page<BlobInfo>> list(String container, String prefix, @Nullable String token);

    /** A whole blob; nothing if it is not open, or not there, or too long. */
    Uni<Optional<ByteBuffer>> read(String container, String blob);
}

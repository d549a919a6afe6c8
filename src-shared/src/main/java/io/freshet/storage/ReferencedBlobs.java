package io.freshet.storage;

import io.freshet.run.RunInput.Referenced;
import io.smallrye.mutiny.Uni;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Blobs outside the container of runs, read in place with whatever access their reference carries. */
public interface ReferencedBlobs {

    /** Length and ETag as they are now; empty if there is no such blob. Fails if it may not be read. */
    Uni<Optional<Description>> describe(Referenced reference);

    /** Like {@link BlobStore#readRange}, pinned to the reference's ETag. */
    Uni<ByteBuffer> readRange(Referenced reference, long offset, int length);

    /** @param length bytes */
    record Description(long length, String etag) {}
}

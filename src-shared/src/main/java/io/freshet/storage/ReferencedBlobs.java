package io.freshet.storage;

import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Blobs outside the folder of a run, read in place, either with a SAS or because everybody may. Every call checks
 * whether the blob may be read: it fails as permanent with ADDRESS_REFUSED or HOST_NOT_ALLOWED for a URL that must not
 * be used, and as transient with HOST_UNAVAILABLE if a host other than the storage account's does not respond. Messages
 * are in our own words and contain no secrets.
 */
public interface ReferencedBlobs {

    /**
     * Current length and ETag; empty if there is no such blob or it may not be read without a SAS, which callers cannot
     * tell apart.
     *
     * @param sas token that grants access, or {@link Secret#NONE}
     */
    Uni<Optional<Description>> describe(Referenced reference, Secret sas);

    /**
     * Like {@link BlobStore#readRange}, pinned to the reference's ETag. Fails with STORAGE_REFUSED if the host sends
     * anything but the requested bytes.
     */
    Uni<ByteBuffer> readRange(Referenced reference, Secret sas, long offset, int length);

    /**
     * Properties of a blob.
     *
     * @param length bytes
     * @param run the run whose lines these are, if they are read with our own rights; the caller then decides who may
     *     read them
     */
    record Description(long length, String etag, @Nullable RunId run) {}
}

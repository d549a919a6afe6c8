package io.freshet.storage;

import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Blobs outside the folder of a run, read in place: with a SAS, or because everybody may. Every call decides anew whether
 * the blob may be read: it fails as permanent with ADDRESS_REFUSED or HOST_NOT_ALLOWED for an address that none may
 * name, and as transient with HOST_UNAVAILABLE if a host that is not the storage account's does not answer. Messages
 * are in our own words and hold no secret.
 */
public interface ReferencedBlobs {

    /**
     * Length and ETag as they are now; empty if there is no such blob, or none that may be read without a SAS: whoever
     * asks cannot tell which.
     *
     * @param sas what lets us in, or {@link Secret#NONE}
     */
    Uni<Optional<Description>> describe(Referenced reference, Secret sas);

    /**
     * Like {@link BlobStore#readRange}, pinned to the reference's ETag. Fails with STORAGE_REFUSED if the host sends
     * anything but what was asked for.
     */
    Uni<ByteBuffer> readRange(Referenced reference, Secret sas, long offset, int length);

    /**
     * What is known of a blob.
     *
     * @param length bytes
     * @param run whose lines these are, if they are read by our own right; who may read them has to be decided then
     */
    record Description(long length, String etag, @Nullable RunId run) {}
}

package io.freshet.gateway.ingest;

import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;

/**
 * What is to be made of one input.
 *
 * @param blobName where the unpacked bytes go
 * @param itemsPerPart lines of a part
 * @param packing how the input comes
 * @param hashing whether the SHA-256 of the unpacked bytes is wanted
 * @param attributes what goes with the blob
 * @param condition when the blob may be made
 */
public record IngestOrder(
        String blobName,
        int itemsPerPart,
        Packing packing,
        Hashing hashing,
        Attributes attributes,
        Condition condition) {

    /** Hashing takes longer than all the rest together: asked for only where it is used. */
    public enum Hashing {
        NONE,
        SHA_256
    }
}

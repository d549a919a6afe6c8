package io.freshet.gateway.ingest;

import io.freshet.storage.BlobStore;

import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The blob that an upload makes.
 *
 * @param attempt 8 characters that no other upload to the same blob has: staged blocks of two attempts never mix
 */
record Destination(BlobStore store, String blobName, String attempt) {
    static Destination of(BlobStore store, String blobName, RandomGenerator random) {
        return new Destination(store, blobName, HexFormat.of().toHexDigits(random.nextInt()));
    }

    /** @param block 0-based */
    String blockId(int block) {
        return attempt + String.format(Locale.ROOT, "%08d", block);
    }
}

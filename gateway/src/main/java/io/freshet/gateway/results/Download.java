package io.freshet.gateway.results;

import io.freshet.gateway.results.Conditions.Validators;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blobs that a client sees as one file, one after the other, in their current version.
 *
 * @param fileName what a browser would save it as
 * @param validators change whenever a blob does
 */
record Download(String fileName, List<Piece> pieces, Validators validators) {

    private static final int CHUNK_BYTES = 2 * 1024 * 1024;

    private record Piece(String blob, String etag, long length) {}

    static Download of(String fileName, BlobInfo blob) {
        return new Download(fileName, List.of(piece(blob)), new Validators(quoted(blob.etag()), blob.lastModified()));
    }

    /** @param blobs at least one */
    static Download of(String fileName, List<BlobInfo> blobs) {
        Instant last = blobs.stream()
                .map(BlobInfo::lastModified)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<Piece> pieces = blobs.stream().map(Download::piece).toList();
        return new Download(fileName, pieces, new Validators(quoted(digest(pieces)), last));
    }

    /** An empty one. */
    static Download none(String fileName, Instant since) {
        return new Download(fileName, List.of(), new Validators(quoted("0"), since));
    }

    private static Piece piece(BlobInfo blob) {
        return new Piece(blob.name(), blob.etag(), blob.length());
    }

    /** In quotes, as RFC 9110 requires; the storage SDK omits them. */
    private static String quoted(String etag) {
        return etag.startsWith("\"") ? etag : "\"" + etag + "\"";
    }

    private static String digest(List<Piece> pieces) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (Piece piece : pieces) {
                sha256.update((piece.blob() + " " + piece.etag() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha256.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /** Bytes. */
    long length() {
        return pieces.stream().mapToLong(Piece::length).sum();
    }

    /** The bytes of a range of the whole, in chunks of bounded size that are read on demand. */
    Multi<ByteBuffer> read(ByteRange range, BlobStore blobs) {
        return Multi.createFrom()
                .iterable(slices(range))
                .onItem()
                .transformToMultiAndConcatenate(slice -> slice.read(blobs));
    }

    private List<Slice> slices(ByteRange range) {
        List<Slice> slices = new ArrayList<>();
        long begin = 0;
        for (Piece piece : pieces) {
            long first = Math.max(range.first(), begin);
            long last = Math.min(range.last(), begin + piece.length() - 1);
            if (first <= last) {
                slices.add(new Slice(piece.blob(), piece.etag(), first - begin, last - begin));
            }
            begin += piece.length();
        }
        return slices;
    }

    /** Part of a blob, which must not change meanwhile. */
    private record Slice(String blob, String etag, long first, long last) {
        Multi<ByteBuffer> read(BlobStore blobs) {
            return Multi.createBy()
                    .repeating()
                    .uni(() -> new AtomicLong(first), position -> next(blobs, position))
                    .whilst(Chunk::hasNext)
                    .map(Chunk::bytes);
        }

        private Uni<Chunk> next(BlobStore blobs, AtomicLong position) {
            long offset = position.get();
            int length = (int) Math.min(CHUNK_BYTES, last - offset + 1);
            return blobs.readRange(blob, offset, length, etag)
                    .map(bytes -> new Chunk(bytes, position.addAndGet(bytes.remaining()) <= last));
        }
    }

    private record Chunk(ByteBuffer bytes, boolean hasNext) {}
}

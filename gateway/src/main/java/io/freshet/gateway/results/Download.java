package io.freshet.gateway.results;

import io.freshet.gateway.results.BlobReading.Slice;
import io.freshet.gateway.results.Conditions.Validators;
import io.freshet.storage.BlobStore.BlobInfo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Blobs that a client sees as one file, one after the other, as they are now.
 *
 * @param fileName what a browser would save it as
 * @param validators change whenever a blob does
 */
record Download(String fileName, List<Piece> pieces, Validators validators) {

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

    /** In quotes, as RFC 9110 wants it; the storage SDK leaves them off. */
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

    /** What of the blobs a range of the whole is. */
    List<Slice> slices(ByteRange range) {
        List<Slice> slices = new ArrayList<>();
        long begin = 0;
        for (Piece piece : pieces) {
            long first = Math.max(range.first(), begin);
            long last = Math.min(range.last(), begin + piece.length() - 1);
            if (first <= last) {
                slices.add(new Slice(piece.blob(), piece.etag(), new ByteRange(first - begin, last - begin)));
            }
            begin += piece.length();
        }
        return slices;
    }
}

package io.freshet.items;

import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Uni;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of a blob, so many at a time, without blank ones. */
final class StoredLines {
    private static final int CHUNK = 256 * 1024;

    private StoredLines() {}

    /** @param next offset of the first byte behind the lines */
    record Lines(List<String> texts, long next) {}

    /** The next lines from a byte on; fewer than {@code most} only at the blob's end. */
    static Uni<Lines> read(BlobStore blobs, String blob, long from, int most) {
        return more(blobs, blob, new Reading(from, most));
    }

    private static Uni<Lines> more(BlobStore blobs, String blob, Reading reading) {
        return blobs.readRange(blob, reading.position(), CHUNK, null).flatMap(bytes -> {
            reading.add(bytes);
            return reading.isOver() ? Uni.createFrom().item(reading.lines()) : more(blobs, blob, reading);
        });
    }

    private static final class Reading {
        private final int most;
        private final List<String> texts = new ArrayList<>();
        private byte[] rest = new byte[0];
        private long next;
        private boolean ended;

        Reading(long from, int most) {
            this.next = from;
            this.most = most;
        }

        long position() {
            return next + rest.length;
        }

        boolean isOver() {
            return ended || texts.size() >= most;
        }

        Lines lines() {
            return new Lines(texts, next);
        }

        void add(ByteBuffer bytes) {
            ended = !bytes.hasRemaining();
            int searched = rest.length;
            rest = Arrays.copyOf(rest, searched + bytes.remaining());
            bytes.get(rest, searched, bytes.remaining());
            int begin = 0;
            for (int i = searched; i < rest.length && texts.size() < most; i++) {
                if (rest[i] == '\n') {
                    take(begin, i);
                    begin = i + 1;
                }
            }
            if (ended && texts.size() < most) {
                take(begin, rest.length);
                begin = rest.length;
            }
            next += begin;
            rest = Arrays.copyOfRange(rest, begin, rest.length);
        }

        private void take(int begin, int end) {
            String text = new String(rest, begin, end - begin, StandardCharsets.UTF_8).strip();
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
    }
}

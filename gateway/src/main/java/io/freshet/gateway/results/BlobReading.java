package io.freshet.gateway.results;

import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** Blobs as streams of chunks of bounded size, read as they are asked for. */
@Singleton
final class BlobReading {
    private static final int CHUNK = 2 * 1024 * 1024;

    private final BlobStore blobs;

    BlobReading(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Part of a blob that must not change meanwhile. */
    record Slice(String blob, @Nullable String etag, ByteRange range) {}

    Multi<ByteBuffer> slice(Slice slice) {
        if (slice.range().length() == 0) {
            return Multi.createFrom().empty();
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> new Position(slice.range().first()), position -> next(slice, position))
                .whilst(chunk -> chunk.position.offset <= slice.range().last())
                .map(Chunk::bytes);
    }

    /** A blob of unknown length, whole. */
    Multi<ByteBuffer> whole(String blob) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Position(0), position -> read(blob, null, position, CHUNK))
                .whilst(chunk -> chunk.bytes.remaining() == CHUNK)
                .map(Chunk::bytes);
    }

    private Uni<Chunk> next(Slice slice, Position position) {
        int length = (int) Math.min(CHUNK, slice.range().last() - position.offset + 1);
        return read(slice.blob(), slice.etag(), position, length);
    }

    private Uni<Chunk> read(String blob, @Nullable String etag, Position position, int length) {
        return blobs.readRange(blob, position.offset, length, etag).map(bytes -> {
            position.offset += bytes.remaining();
            return new Chunk(bytes, position);
        });
    }

    private record Chunk(ByteBuffer bytes, Position position) {}

    private static final class Position {
        private long offset;

        Position(long offset) {
            this.offset = offset;
        }
    }
}

package io.freshet.gateway.results;

import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.ByteBuffer;
import java.util.List;

/** Blobs as streams of chunks of bounded size, read as they are asked for. */
@Singleton
final class BlobReading {
    private static final int CHUNK = 2 * 1024 * 1024;

    private final BlobStore blobs;

    BlobReading(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Part of a blob that must not change meanwhile. */
    record Slice(String blob, String etag, ByteRange range) {}

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

    /** One after the other. */
    Multi<ByteBuffer> slices(List<Slice> slices) {
        return Multi.createFrom().iterable(slices).onItem().transformToMultiAndConcatenate(this::slice);
    }

    private Uni<Chunk> next(Slice slice, Position position) {
        int length = (int) Math.min(CHUNK, slice.range().last() - position.offset + 1);
        return blobs.readRange(slice.blob(), position.offset, length, slice.etag())
                .map(bytes -> {
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

package io.freshet.gateway.ingest;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A block that is being filled, segment by segment. */
final class Block {
    private final int capacity;
    private final Segments pool;
    private final List<byte[]> segments = new ArrayList<>();
    private int size;
    private int free;

    Block(int capacity, Segments pool) {
        this.capacity = capacity;
        this.pool = pool;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == capacity;
    }

    /**
     * Where the next bytes go: at least 1 and at most a segment, in an array; null if there is no memory for them now.
     * The block must not be full.
     */
    @Nullable
    ByteBuffer room() {
        if (free == 0) {
            byte[] segment = pool.take();
            if (segment == null) {
                return null;
            }
            segments.add(segment);
            free = segment.length;
        }
        byte[] last = segments.getLast();
        return ByteBuffer.wrap(last, last.length - free, Math.min(free, capacity - size));
    }

    /** That many bytes were written into {@link #room}. */
    void advance(int bytes) {
        size += bytes;
        free -= bytes;
    }

    /** The bytes, not copied. */
    List<ByteBuffer> content() {
        List<ByteBuffer> content = new ArrayList<>(segments.size());
        for (int left = size, i = 0; left > 0; left -= segments.get(i).length, i++) {
            byte[] segment = segments.get(i);
            content.add(ByteBuffer.wrap(segment, 0, Math.min(left, segment.length)));
        }
        return content;
    }

    /** Gives the memory back; the block is of no use any more. */
    void release() {
        segments.forEach(pool::giveBack);
        segments.clear();
    }
}

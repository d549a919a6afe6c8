package io.freshet.gateway.ingest;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A block that is being filled, buffer by buffer. */
final class Block {
    private final int capacity;
    private final BufferPool pool;
    private final List<byte[]> buffers = new ArrayList<>();
    private int size;
    private int free;

    Block(int capacity, BufferPool pool) {
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
     * Where the next bytes go: at least 1 and at most a buffer, backed by an array; null if there is no memory now.
     * The block must not be full.
     */
    @Nullable
    ByteBuffer room() {
        if (free == 0) {
            byte[] buffer = pool.take();
            if (buffer == null) {
                return null;
            }
            buffers.add(buffer);
            free = buffer.length;
        }
        byte[] last = buffers.getLast();
        return ByteBuffer.wrap(last, last.length - free, Math.min(free, capacity - size));
    }

    /** So many bytes were written into {@link #room}. */
    void advance(int bytes) {
        size += bytes;
        free -= bytes;
    }

    /** The bytes, not copied. */
    List<ByteBuffer> content() {
        List<ByteBuffer> content = new ArrayList<>(buffers.size());
        for (int left = size, i = 0; left > 0; left -= buffers.get(i).length, i++) {
            byte[] buffer = buffers.get(i);
            content.add(ByteBuffer.wrap(buffer, 0, Math.min(left, buffer.length)));
        }
        return content;
    }

    /** Gives the memory back; the block must not be used again. */
    void release() {
        buffers.forEach(pool::giveBack);
        buffers.clear();
    }
}

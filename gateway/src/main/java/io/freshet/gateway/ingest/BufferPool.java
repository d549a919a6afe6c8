package io.freshet.gateway.ingest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * The buffers that the blocks of one upload consist of, used again and again. A small input takes a small part of a block,
 * and a client that sends next to nothing keeps next to nothing from others. The first buffer is the smallest and is kept
 * to the end. Uploads never share buffers, so that none can leak another's bytes.
 */
final class BufferPool {
    static final int FIRST_BYTES = 4 << 10;
    static final int BYTES = 64 << 10;

    private final UploadBudget budget;
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private int large;
    private int mostLarge;
    private boolean closed;

    /** Fails as transient with OVERLOADED if other uploads have taken all memory. */
    BufferPool(UploadBudget budget) {
        if (!budget.takeFirst()) {
            throw UploadBudget.overloaded();
        }
        this.budget = budget;
        free.push(new byte[FIRST_BYTES]);
    }

    /** Null if there is none now: the upload has to make do with what it has. */
    byte @Nullable [] take() {
        byte[] buffer = free.poll();
        if (buffer != null || !takeLarge()) {
            return buffer;
        }
        large++;
        mostLarge = Math.max(mostLarge, large);
        return new byte[BYTES];
    }

    private boolean takeLarge() {
        return large == 0 ? budget.takeSecond() : budget.takeMore();
    }

    void giveBack(byte[] buffer) {
        boolean isLarge = buffer.length == BYTES;
        if (closed || (isLarge && large > 1 && budget.isScarce())) {
            large -= isLarge ? 1 : 0;
            budget.giveBack(buffer.length);
            return;
        }
        free.push(buffer);
    }

    /** The upload is over; buffers in flight are given back when they return. */
    void close() {
        if (!closed) {
            closed = true;
            free.forEach(this::giveBack);
            free.clear();
        }
    }

    /** The most bytes held at one time: the memory of an upload. */
    long most() {
        return FIRST_BYTES + (long) mostLarge * BYTES;
    }
}

package io.freshet.gateway.ingest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * Arrays that the blocks of one upload are made of, used again and again: a small input takes a small part of a block,
 * and a client that sends next to nothing keeps next to nothing from others. The first array is the smallest and is kept
 * to the end. Uploads never share arrays, so that none can show another's bytes.
 */
final class Segments {
    static final int FIRST_BYTES = 4 << 10;
    static final int BYTES = 64 << 10;

    private final UploadMemory memory;
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private int large;
    private int mostLarge;
    private boolean closed;

    /** Fails as transient with OVERLOADED if other uploads have taken all memory. */
    Segments(UploadMemory memory) {
        if (!memory.takeFirst()) {
            throw UploadMemory.overloaded();
        }
        this.memory = memory;
        free.push(new byte[FIRST_BYTES]);
    }

    /** Null if there is none now: then this upload has to finish with what it has. */
    byte @Nullable [] take() {
        byte[] segment = free.poll();
        if (segment != null || !takeLarge()) {
            return segment;
        }
        large++;
        mostLarge = Math.max(mostLarge, large);
        return new byte[BYTES];
    }

    private boolean takeLarge() {
        return large == 0 ? memory.takeSecond() : memory.takeMore();
    }

    void giveBack(byte[] segment) {
        boolean isLarge = segment.length == BYTES;
        if (closed || (isLarge && large > 1 && memory.isScarce())) {
            large -= isLarge ? 1 : 0;
            memory.giveBack(segment.length);
            return;
        }
        free.push(segment);
    }

    /** The upload is over; what is still on its way is given back when it comes. */
    void close() {
        if (!closed) {
            closed = true;
            free.forEach(this::giveBack);
            free.clear();
        }
    }

    /** Most bytes of arrays there were at one time: the memory of an upload. */
    long most() {
        return FIRST_BYTES + (long) mostLarge * BYTES;
    }
}

package io.freshet.gateway.ingest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * Arrays that the blocks of one upload are made of, used again and again: a small input takes a small part of a block.
 * The first is kept to the end. Uploads never share arrays, so that none can show another's bytes.
 */
final class Segments {
    static final int BYTES = 64 << 10;

    private final UploadMemory memory;
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private int held = 1;
    private int most = 1;
    private boolean closed;

    /** Fails as transient with OVERLOADED if other uploads have taken all memory. */
    Segments(UploadMemory memory) {
        if (!memory.takeFirst()) {
            throw UploadMemory.overloaded();
        }
        this.memory = memory;
        free.push(new byte[BYTES]);
    }

    /** Null if there is none now: then this upload has to finish with one that it has. */
    byte @Nullable [] take() {
        byte[] segment = free.poll();
        if (segment != null || !memory.takeMore()) {
            return segment;
        }
        held++;
        most = Math.max(most, held);
        return new byte[BYTES];
    }

    void giveBack(byte[] segment) {
        if (closed || (held > 1 && memory.isScarce())) {
            held--;
            memory.giveBack(1);
            return;
        }
        free.push(segment);
    }

    /** The upload is over; what is still on its way is given back when it comes. */
    void close() {
        if (!closed) {
            closed = true;
            held -= free.size();
            memory.giveBack(free.size());
            free.clear();
        }
    }

    /** Most arrays there were at one time: the memory of an upload. */
    int most() {
        return most;
    }
}

package io.freshet.gateway.ingest;

import java.util.ArrayDeque;

/** Arrays that blocks are made of, used again and again: a small input takes a small part of a block. */
final class Segments {
    static final int BYTES = 64 << 10;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private int made;

    byte[] take() {
        byte[] segment = free.poll();
        if (segment != null) {
            return segment;
        }
        made++;
        return new byte[BYTES];
    }

    void giveBack(byte[] segment) {
        free.push(segment);
    }

    /** How many arrays were ever made: the memory of an upload. */
    int made() {
        return made;
    }
}

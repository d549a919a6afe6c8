package io.freshet.worker.handler.exec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The last bytes of a program's standard error; earlier ones are dropped. */
final class ErrorTail {

    static final int SIZE = 2048;

    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final byte[] ring = new byte[SIZE];
    private long written;

    synchronized void add(byte[] bytes, int length) {
        for (int i = Math.max(0, length - SIZE); i < length; i++) {
            ring[(int) ((written + i) % SIZE)] = bytes[i];
        }
        written += length;
    }

    /** As text, without a truncated character at the beginning and surrounding white space. */
    synchronized String text() {
        int length = (int) Math.min(written, SIZE);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((written - length + i) % SIZE)];
        }
        int from = 0;
        while (written > SIZE && from < length && (tail[from] & CONTINUATION_MASK) == CONTINUATION) {
            from++;
        }
        return new String(tail, from, length - from, StandardCharsets.UTF_8).strip();
    }

    /** Drains a program's standard error, so that the program never blocks, and keeps the end of it. */
    static final class Reader implements Runnable {

        private final InputStream errors;
        private final ErrorTail tail;

        Reader(InputStream errors, ErrorTail tail) {
            this.errors = errors;
            this.tail = tail;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[4 * ErrorTail.SIZE];
            try {
                for (int size = errors.read(buffer); size >= 0; size = errors.read(buffer)) {
                    tail.add(buffer, size);
                }
            } catch (IOException e) {
                // what was read before is kept
            }
        }
    }
}

package io.freshet.worker.handler.exec;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.worker.execution.Results;

import java.util.Arrays;

/** Splits a program's output into lines. Empty lines count; the last one needs no line end. */
final class OutputLines {

    static final int MAX_LENGTH = 16 << 20;

    private final Results results;
    private byte[] begun = new byte[1024];
    private int length;

    OutputLines(Results results) {
        this.results = results;
    }

    /** @throws Permanent a line is longer than {@link #MAX_LENGTH} bytes */
    void add(byte[] bytes) throws InterruptedException {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                write(bytes, from, at - from);
                from = at + 1;
            }
        }
        keep(bytes, from, bytes.length - from);
    }

    void end() throws InterruptedException {
        if (length > 0) {
            results.write(begun, 0, length);
        }
    }

    private void write(byte[] bytes, int from, int size) throws InterruptedException {
        if (length == 0) {
            results.write(bytes, from, size);
            return;
        }
        keep(bytes, from, size);
        results.write(begun, 0, length);
        length = 0;
    }

    private void keep(byte[] bytes, int from, int size) {
        int needed = length + size;
        if (needed > MAX_LENGTH) {
            throw new Permanent(
                    FailureCode.LINE_TOO_LONG, "the command wrote a line of more than " + MAX_LENGTH + " bytes");
        }
        if (needed > begun.length) {
            begun = Arrays.copyOf(begun, Math.clamp(2L * needed, needed, MAX_LENGTH));
        }
        System.arraycopy(bytes, from, begun, length, size);
        length = needed;
    }
}

package io.freshet.worker.execution;

import java.nio.charset.StandardCharsets;

/**
 * Receives a computation's output. Writing blocks while storage is slower than the computation; memory stays bounded.
 */
public interface Results {

    /** Writes one output line; the line end is added. */
    void write(byte[] bytes, int offset, int length) throws InterruptedException;

    /** Writes one output line, UTF-8; the line end is added. */
    default void write(String line) throws InterruptedException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    /** Rejects an input line: it is reported with its number, reason and beginning, and has no output line. */
    void reject(Line line, String reason) throws InterruptedException;
}

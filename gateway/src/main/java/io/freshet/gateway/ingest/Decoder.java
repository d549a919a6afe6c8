package io.freshet.gateway.ingest;

import io.vertx.core.buffer.Buffer;

/**
 * Turns bytes as they arrive into the bytes of the input. Decoded bytes are pulled, so that a small packed chunk never
 * becomes a large one in memory. Not thread-safe.
 */
public interface Decoder extends AutoCloseable {
    /** What {@link #read} returns when it has nothing before the next chunk. */
    int NEEDS_INPUT = 0;

    /** What {@link #read} returns when everything has been read. */
    int AT_END = -1;

    /** The next bytes as they arrived; the previous chunk must have been read to its end. */
    void feed(Buffer chunk);

    /** No further chunk will come. */
    void end();

    /**
     * Reads bytes of the input.
     *
     * @param length room, at least 1
     * @return the number of bytes, or {@link #NEEDS_INPUT}, or {@link #AT_END}
     */
    int read(byte[] into, int offset, int length);

    @Override
    void close();
}

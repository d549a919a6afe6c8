package io.freshet.gateway.ingest;

import io.vertx.core.buffer.Buffer;

/**
 * Bytes go in as they come, the input's bytes are pulled out, so that a small packed chunk never becomes a large one in
 * memory. Not for use by two threads at once.
 */
public interface Unpacking extends AutoCloseable {
    /** What {@link #read} answers when it has nothing to give before the next chunk. */
    int NEEDS_INPUT = 0;

    /** What {@link #read} answers when all was given. */
    int AT_END = -1;

    /** The next bytes as they came; the chunk before must have been read to the end. */
    void feed(Buffer chunk);

    /** No chunk comes any more. */
    void end();

    /**
     * Takes bytes of the input.
     *
     * @param length room, at least 1
     * @return how many, or {@link #NEEDS_INPUT}, or {@link #AT_END}
     */
    int read(byte[] into, int offset, int length);

    @Override
    void close();
}

package io.freshet.gateway.ingest;

import io.vertx.core.buffer.Buffer;

/** Bytes that are sent as they are. */
public final class IdentityDecoder implements Decoder {
    private Buffer chunk = Buffer.buffer();
    private int position;
    private boolean ended;
    private int toSkip;

    public IdentityDecoder() {
        this(0);
    }

    /** @param toSkip leading bytes that are not part of the input, all in the first chunk */
    IdentityDecoder(int toSkip) {
        this.toSkip = toSkip;
    }

    @Override
    public void feed(Buffer next) {
        if (position < chunk.length()) {
            throw new IllegalStateException("A chunk was fed before the previous one was read");
        }
        chunk = next;
        position = toSkip;
        toSkip = 0;
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int read = Math.min(length, chunk.length() - position);
        if (read == 0) {
            return ended ? AT_END : NEEDS_INPUT;
        }
        chunk.getBytes(position, position + read, into, offset);
        position += read;
        return read;
    }

    @Override
    public void close() {
        chunk = Buffer.buffer();
        position = 0;
    }
}

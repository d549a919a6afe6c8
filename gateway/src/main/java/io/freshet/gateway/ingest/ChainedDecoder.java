package io.freshet.gateway.ingest;

import io.vertx.core.buffer.Buffer;

/** Two decoders in a row: the output of the first is the input of the second, in small pieces. */
public final class ChainedDecoder implements Decoder {
    private static final int PIECE_BYTES = 16 << 10;

    private final Decoder first;
    private final Decoder second;
    private final byte[] piece = new byte[PIECE_BYTES];
    private boolean firstIsOver;

    public ChainedDecoder(Decoder first, Decoder second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void feed(Buffer chunk) {
        first.feed(chunk);
    }

    @Override
    public void end() {
        first.end();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        while (true) {
            int read = second.read(into, offset, length);
            if (read != NEEDS_INPUT || firstIsOver) {
                return read;
            }
            int moved = first.read(piece, 0, piece.length);
            if (moved == NEEDS_INPUT) {
                return NEEDS_INPUT;
            }
            if (moved == AT_END) {
                firstIsOver = true;
                second.end();
            } else {
                second.feed(Buffer.buffer(moved).appendBytes(piece, 0, moved));
            }
        }
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}

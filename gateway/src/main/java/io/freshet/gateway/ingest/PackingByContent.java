package io.freshet.gateway.ingest;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Decides by the first two bytes, which may come one by one, whether the input is packed. */
final class PackingByContent implements Unpacking {
    private static final int MAGIC_BYTES = 2;

    private final Buffer head = Buffer.buffer();
    private @Nullable Unpacking chosen;

    @Override
    public void feed(Buffer chunk) {
        if (chosen != null) {
            chosen.feed(chunk);
            return;
        }
        head.appendBuffer(chunk);
        if (head.length() >= MAGIC_BYTES) {
            choose();
        }
    }

    @Override
    public void end() {
        choose().end();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        return chosen == null ? NEEDS_INPUT : chosen.read(into, offset, length);
    }

    @Override
    public void close() {
        if (chosen != null) {
            chosen.close();
        }
    }

    private Unpacking choose() {
        if (chosen == null) {
            boolean gzip = head.length() >= MAGIC_BYTES && GzipDecoder.isMagic(head.getByte(0), head.getByte(1));
            chosen = gzip ? new GzipDecoder() : new PlainBytes();
            chosen.feed(head);
        }
        return chosen;
    }
}

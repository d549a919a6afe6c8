package io.freshet.gateway.ingest;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Decides by the first bytes, which may arrive one by one, how the input is coded. */
public final class SniffingDecoder implements Decoder {
    private final Choice choice;
    private final Buffer head = Buffer.buffer();
    private @Nullable Decoder chosen;

    public SniffingDecoder(Choice choice) {
        this.choice = choice;
    }

    /** Makes the decoder of an input that starts like this, or refuses it. */
    @FunctionalInterface
    public interface Choice {
        /** @param head {@link Signature#HEAD_BYTES}, fewer if the input is shorter */
        Decoder choose(byte[] head);
    }

    @Override
    public void feed(Buffer chunk) {
        if (chosen != null) {
            chosen.feed(chunk);
            return;
        }
        head.appendBuffer(chunk);
        if (head.length() >= Signature.HEAD_BYTES) {
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

    private Decoder choose() {
        if (chosen == null) {
            chosen = choice.choose(head.getBytes(0, Math.min(head.length(), Signature.HEAD_BYTES)));
            chosen.feed(head);
        }
        return chosen;
    }
}

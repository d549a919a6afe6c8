package io.freshet.gateway.multipart;

import io.freshet.gateway.ingest.Decoder;
import io.vertx.core.buffer.Buffer;

/** A file after one whose last line is unfinished: ends that line, if it has any bytes itself. */
final class OnNewLine implements Decoder {
    private final Decoder file;
    private final byte[] first = new byte[1];
    private Place place = Place.BEFORE;

    private enum Place {
        BEFORE,
        AT_FIRST,
        BEHIND
    }

    OnNewLine(Decoder file) {
        this.file = file;
    }

    @Override
    public void feed(Buffer chunk) {
        file.feed(chunk);
    }

    @Override
    public void end() {
        file.end();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        return switch (place) {
            case BEFORE -> newline(into, offset);
            case AT_FIRST -> {
                into[offset] = first[0];
                place = Place.BEHIND;
                yield 1;
            }
            case BEHIND -> file.read(into, offset, length);
        };
    }

    private int newline(byte[] into, int offset) {
        int read = file.read(first, 0, 1);
        if (read == 1) {
            into[offset] = '\n';
            place = Place.AT_FIRST;
        }
        return read;
    }

    @Override
    public void close() {
        file.close();
    }
}

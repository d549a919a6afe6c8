package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.vertx.core.buffer.Buffer;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip data (RFC 1952), including several members in a row and zeros after the last, and checks lengths and
 * checksums. Holds one packed chunk and the inflater's window, whatever the data unpacks to. Truncated or damaged data
 * fails with MALFORMED.
 */
public final class GzipDecoder implements Decoder {
    private static final int TRAILER_BYTES = 8;

    private enum Place {
        BEFORE_MEMBER,
        HEADER,
        BODY,
        TRAILER,
        PADDING
    }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private GzipHeader header = new GzipHeader();
    private Place place = Place.HEADER;
    private byte[] packed = new byte[0];
    private int position;
    private long trailer;
    private int trailerBytes;
    private boolean ended;

    @Override
    public void feed(Buffer chunk) {
        if (position < packed.length) {
            throw new IllegalStateException("A chunk was fed before the previous one was read");
        }
        packed = chunk.getBytes();
        position = 0;
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        while (true) {
            if (place == Place.BODY) {
                int read = inflate(into, offset, length);
                if (read > 0) {
                    return read;
                }
            }
            if (position == packed.length) {
                return ended ? atEnd() : NEEDS_INPUT;
            }
            if (place != Place.BODY) {
                step(packed[position++] & 0xFF);
            }
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private int inflate(byte[] into, int offset, int length) {
        if (inflater.needsInput()) {
            inflater.setInput(packed, position, packed.length - position);
        }
        int read = inflateChecked(into, offset, length);
        position = packed.length - inflater.getRemaining();
        checksum.update(into, offset, read);
        if (inflater.finished()) {
            place = Place.TRAILER;
        }
        return read;
    }

    private int inflateChecked(byte[] into, int offset, int length) {
        try {
            int read = inflater.inflate(into, offset, length);
            if (inflater.needsDictionary()) {
                throw damaged("it needs a dictionary");
            }
            return read;
        } catch (DataFormatException e) {
            throw new Permanent(FailureCode.MALFORMED, "The gzip data is damaged: pack the file again", e);
        }
    }

    private void step(int next) {
        switch (place) {
            case BEFORE_MEMBER -> beforeMember(next);
            case HEADER -> header(next);
            case TRAILER -> trailer(next);
            case PADDING -> padding(next);
            case BODY -> throw new IllegalStateException("The body is not read byte by byte");
        }
    }

    private void beforeMember(int next) {
        if (next == 0) {
            place = Place.PADDING;
            return;
        }
        place = Place.HEADER;
        header(next);
    }

    private void header(int next) {
        if (header.isCompleteWith(next)) {
            header = new GzipHeader();
            place = Place.BODY;
        }
    }

    private void trailer(int next) {
        trailer |= (long) next << (Byte.SIZE * trailerBytes);
        if (++trailerBytes < TRAILER_BYTES) {
            return;
        }
        if ((int) trailer != (int) checksum.getValue()) {
            throw damaged("its checksum is wrong");
        }
        if ((int) (trailer >>> Integer.SIZE) != (int) inflater.getBytesWritten()) {
            throw damaged("its length is wrong");
        }
        inflater.reset();
        checksum.reset();
        trailer = 0;
        trailerBytes = 0;
        place = Place.BEFORE_MEMBER;
    }

    private static void padding(int next) {
        if (next != 0) {
            throw damaged("other bytes follow its end");
        }
    }

    private int atEnd() {
        if (place != Place.BEFORE_MEMBER && place != Place.PADDING) {
            throw new Permanent(
                    FailureCode.MALFORMED, "The gzip data is cut off, it ends in the middle: send all of it");
        }
        return AT_END;
    }

    private static Permanent damaged(String how) {
        return new Permanent(FailureCode.MALFORMED, "The gzip data is damaged, " + how + ": pack the file again");
    }
}

package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;

/** Reads the header of a gzip member (RFC 1952, 2.3) byte by byte; only its end matters here. */
final class GzipHeader {
    private static final int FIRST = 0x1F;
    private static final int SECOND = 0x8B;

    private static final int DEFLATE = 8;
    private static final int FLAGS_AT = 3;
    private static final int FIXED_BYTES = 10;
    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private enum Field {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CHECKSUM,
        DONE
    }

    private Field field = Field.FIXED;
    private int seen;
    private int flags;
    private int extraLength;

    /** Takes the next byte; true if it was the last of the header. Fails with MALFORMED if this is not a gzip header. */
    boolean isCompleteWith(int next) {
        seen++;
        boolean fieldIsOver = switch (field) {
            case FIXED -> fixed(next);
            case EXTRA_LENGTH -> extraLength(next);
            case EXTRA -> seen == extraLength;
            case NAME, COMMENT -> next == 0;
            case CHECKSUM -> seen == Short.BYTES;
            case DONE -> throw new IllegalStateException("The header is over");
        };
        if (fieldIsOver) {
            field = fieldAfter(field);
            seen = 0;
        }
        return field == Field.DONE;
    }

    private boolean fixed(int next) {
        boolean right = switch (seen - 1) {
            case 0 -> next == FIRST;
            case 1 -> next == SECOND;
            case 2 -> next == DEFLATE;
            case FLAGS_AT -> (next & RESERVED) == 0;
            default -> true;
        };
        if (!right) {
            throw new Permanent(
                    FailureCode.MALFORMED,
                    "The input is not gzip data, byte " + seen + " of its header is wrong: pack the file again");
        }
        if (seen - 1 == FLAGS_AT) {
            flags = next;
        }
        return seen == FIXED_BYTES;
    }

    private boolean extraLength(int next) {
        extraLength |= next << (Byte.SIZE * (seen - 1));
        return seen == Short.BYTES;
    }

    private Field fieldAfter(Field current) {
        Field next = switch (current) {
            case FIXED -> Field.EXTRA_LENGTH;
            case EXTRA_LENGTH -> Field.EXTRA;
            case EXTRA -> Field.NAME;
            case NAME -> Field.COMMENT;
            case COMMENT -> Field.CHECKSUM;
            case CHECKSUM, DONE -> Field.DONE;
        };
        return isPresent(next) ? next : fieldAfter(next);
    }

    private boolean isPresent(Field candidate) {
        return switch (candidate) {
            case EXTRA_LENGTH -> (flags & HAS_EXTRA) != 0;
            case EXTRA -> extraLength > 0;
            case NAME -> (flags & HAS_NAME) != 0;
            case COMMENT -> (flags & HAS_COMMENT) != 0;
            case CHECKSUM -> (flags & HAS_CHECKSUM) != 0;
            case FIXED, DONE -> true;
        };
    }
}

package io.freshet.worker.handler.calculator;

import io.freshet.worker.execution.Line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Fast path for usual lines: the known members once each, without escapes, in ASCII. It leaves all other lines to
 * {@link OddLine} and rejects none itself.
 */
final class PlainLine {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    // The quoted names fill a word exactly.
    private static final int ID = (int) INTS.get(ascii("\"id\""), 0);
    private static final int OP = (int) INTS.get(ascii("\"op\""), 0);
    private static final long VALUE1 = (long) LONGS.get(ascii("\"value1\""), 0);
    private static final long VALUE2 = (long) LONGS.get(ascii("\"value2\""), 0);

    private static final int SAW_ID = 1;
    private static final int SAW_OP = 2;
    private static final int SAW_VALUE1 = 4;
    private static final int SAW_VALUE2 = 8;
    private static final int REQUIRED = SAW_OP | SAW_VALUE1 | SAW_VALUE2;

    private final Numeral value1 = new Numeral();
    private final Numeral value2 = new Numeral();
    private final Numeral numericId = new Numeral();

    private byte[] bytes = new byte[0];
    private int end;
    private int seen;
    private int sign;
    private int idFrom;
    private int idTo;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes the result of a line; false, with nothing useful written, if the line needs {@link OddLine}. */
    boolean compute(Line line, ResultLine out) {
        bytes = line.buffer();
        end = line.offset() + line.length();
        seen = 0;
        if (!readObject(line.offset()) || (seen & REQUIRED) != REQUIRED) {
            return false;
        }
        double result = Arithmetic.apply(sign, value1.value(), value2.value());
        if (!Double.isFinite(result)) {
            return false;
        }
        if ((seen & SAW_ID) != 0) {
            out.begin(bytes, idFrom, idTo - idFrom);
        } else {
            out.begin();
        }
        out.value1(value1);
        out.value2(value2);
        out.result(sign, result);
        return true;
    }

    private boolean readObject(int from) {
        int at = skipSpace(from);
        if (!isAt(at, '{')) {
            return false;
        }
        do {
            at = readMember(skipSpace(at + 1));
            if (at < 0) {
                return false;
            }
            at = skipSpace(at);
        } while (isAt(at, ','));
        return isAt(at, '}') && skipSpace(at + 1) == end;
    }

    private int readMember(int at) {
        if (at + Long.BYTES > end) {
            return -1;
        }
        int start = (int) INTS.get(bytes, at);
        if (start == ID) {
            return isFirst(SAW_ID) ? readId(valueAfter(at + Integer.BYTES)) : -1;
        }
        if (start == OP) {
            return isFirst(SAW_OP) ? readOp(valueAfter(at + Integer.BYTES)) : -1;
        }
        long name = (long) LONGS.get(bytes, at);
        if (name == VALUE1) {
            return isFirst(SAW_VALUE1) ? readNumber(value1, valueAfter(at + Long.BYTES)) : -1;
        }
        if (name == VALUE2) {
            return isFirst(SAW_VALUE2) ? readNumber(value2, valueAfter(at + Long.BYTES)) : -1;
        }
        return -1;
    }

    private boolean isFirst(int member) {
        boolean first = (seen & member) == 0;
        seen |= member;
        return first;
    }

    /** Start of the value, or the end of the line if there is none. */
    private int valueAfter(int nameEnd) {
        int colon = skipSpace(nameEnd);
        return isAt(colon, ':') ? skipSpace(colon + 1) : end;
    }

    private int readNumber(Numeral number, int at) {
        return at < end ? number.read(bytes, at, end) : -1;
    }

    private int readOp(int at) {
        if (at + 3 > end || bytes[at] != '"' || bytes[at + 2] != '"') {
            return -1;
        }
        sign = bytes[at + 1];
        return Arithmetic.knows(sign) ? at + 3 : -1;
    }

    private int readId(int at) {
        idFrom = at;
        idTo = isAt(at, '"') ? readString(at + 1) : readNumber(numericId, at);
        return idTo;
    }

    private int readString(int from) {
        for (int at = from; at < end; at++) {
            byte c = bytes[at];
            if (c == '"') {
                return at + 1;
            }
            // bytes above ASCII are negative
            if (c < ' ' || c == '\\') {
                return -1;
            }
        }
        return -1;
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private boolean isAt(int at, char expected) {
        return at < end && bytes[at] == expected;
    }
}

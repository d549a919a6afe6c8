package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts an input into parts of whole lines as it passes, in pieces of any size; where the pieces begin and end makes no
 * difference. '\n' ends a line, so a CRLF line is one that ends in '\r'. A last line without a newline counts, an empty
 * line counts, and a byte order mark belongs to the first line: an input that is only the mark has no line.
 *
 * <p>Fails with LINE_TOO_LONG as soon as a line has more bytes than allowed, and with INPUT_TOO_LARGE as soon as the input
 * has more bytes or parts than allowed. Not thread-safe.
 */
public final class LineSplitter {
    private static final int SLICE_BYTES = 64 << 10;
    private static final int FIRST_TABLE = 64;
    private static final int BOM = 0xEFBBBF;
    private static final int BOM_BYTES = 3;

    private final SplitRules rules;
    private long[] ends = new long[FIRST_TABLE];
    private int parts;
    private int untilCut;
    private long lines;
    private long position;
    private long lineStart;
    private int head;
    private byte lastByte;

    public LineSplitter(SplitRules rules) {
        this.rules = rules;
        this.untilCut = rules.itemsPerPart();
    }

    /** The next bytes of the input; they are only read. */
    public void accept(byte[] chunk, int offset, int length) {
        rules.checkBytes(position + length);
        int end = offset + length;
        for (int i = offset; i < end; i += SLICE_BYTES) {
            slice(chunk, i, Math.min(end, i + SLICE_BYTES));
        }
    }

    /** The next bytes of the input; the buffer is read to its limit. */
    public void accept(ByteBuffer chunk) {
        if (chunk.hasArray()) {
            accept(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
            chunk.position(chunk.limit());
            return;
        }
        byte[] copy = new byte[Math.min(SLICE_BYTES, chunk.remaining())];
        while (chunk.hasRemaining()) {
            int length = Math.min(copy.length, chunk.remaining());
            chunk.get(copy, 0, length);
            accept(copy, 0, length);
        }
    }

    /** The parts of everything that was accepted; the last call. */
    public PartTable finish() {
        boolean unfinishedLine = position > lineStart && !isLoneMark();
        if (unfinishedLine) {
            lines++;
        }
        if (lines > (long) parts * rules.itemsPerPart()) {
            cut(position);
        }
        return new PartTable(rules.itemsPerPart(), ends, parts, new PartTable.Totals(lines, position));
    }

    private void slice(byte[] bytes, int from, int to) {
        rememberHead(bytes, from, to);
        if (position + (to - from) - lineStart > rules.maxLineBytes()) {
            checkLines(bytes, from, to);
        }
        long linesBefore = lines;
        countAndCut(bytes, from, to);
        if (lines > linesBefore) {
            lineStart = position + (Newlines.last(bytes, from, to) + 1 - from);
        }
        position += to - from;
        lastByte = bytes[to - 1];
    }

    private void countAndCut(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int end = Math.min(to, i + Newlines.BLOCK_BYTES);
            int newlines = Newlines.count(bytes, i, end);
            lines += newlines;
            int at = i;
            while (newlines >= untilCut) {
                at = Newlines.nth(bytes, at, end, untilCut) + 1;
                cut(position + (at - from));
                newlines -= untilCut;
                untilCut = rules.itemsPerPart();
            }
            untilCut -= newlines;
            i = end;
        }
    }

    private void cut(long end) {
        if (parts == rules.maxParts()) {
            throw rules.tooManyParts();
        }
        if (parts == ends.length) {
            ends = Arrays.copyOf(ends, parts + (parts >> 1));
        }
        ends[parts++] = end;
    }

    /** Checks each line; called only for the rare slice in which a line might be too long. */
    private void checkLines(byte[] bytes, int from, int to) {
        long start = lineStart;
        long number = lines + 1;
        int i = from;
        while (i < to) {
            int newline = Newlines.nth(bytes, i, to, 1);
            int end = newline < 0 ? to : newline;
            long length = position + (end - from) - start;
            byte last = end > from ? bytes[end - 1] : lastByte;
            checkLine(number, last == '\r' ? length - 1 : length);
            i = end + 1;
            start = position + (i - from);
            number++;
        }
    }

    private void checkLine(long number, long length) {
        if (length > rules.maxLineBytes()) {
            throw new Permanent(
                    FailureCode.LINE_TOO_LONG,
                    "Line " + number + " is longer than " + rules.maxLineBytes() + " bytes (MAXLINEBYTES)");
        }
    }

    private void rememberHead(byte[] bytes, int from, int to) {
        for (int i = from; i < to && position + (i - from) < BOM_BYTES; i++) {
            head = (head << 8) | (bytes[i] & 0xFF);
        }
    }

    private boolean isLoneMark() {
        return position == BOM_BYTES && head == BOM;
    }
}

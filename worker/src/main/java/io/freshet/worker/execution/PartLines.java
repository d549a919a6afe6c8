package io.freshet.worker.execution;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.WorkItem.Part;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Splits the bytes of a part into lines, without blank ones. Lines within one chunk are not copied. */
final class PartLines implements Lines {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Chunks chunks;
    private final int maxLineBytes;
    private final boolean mayHaveBom;
    private final Line line = new Line();
    private byte[] buffer = new byte[0];
    private int position;
    private int limit;
    private long number;

    /** Source of a part's bytes, in order; null at the end. */
    interface Chunks {
        @Nullable
        ByteBuffer next() throws InterruptedException;
    }

    PartLines(Part part, Chunks chunks, int maxLineBytes) {
        this.chunks = chunks;
        this.maxLineBytes = maxLineBytes;
        this.mayHaveBom = part.firstByte() == 0;
        this.number = part.firstLine() - 1;
    }

    @Override
    public @Nullable Line next() throws InterruptedException {
        while (position < limit || fill(position)) {
            int end = endOfLine();
            int start = position;
            position = Math.min(end + 1, limit);
            number++;
            int length = withoutCarriageReturn(start, end) - start;
            int bom = bomLength(start, length);
            if (!isBlank(start + bom, start + length)) {
                return line.at(buffer, start + bom, length - bom, number);
            }
        }
        return null;
    }

    private int endOfLine() throws InterruptedException {
        int searched = position;
        while (true) {
            for (int i = searched; i < limit; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
            int pending = limit - position;
            if (pending > maxLineBytes) {
                throw new Permanent(
                        FailureCode.LINE_TOO_LONG,
                        "Line " + (number + 1) + " is longer than " + maxLineBytes + " bytes (MAXLINEBYTES)");
            }
            if (!fill(position)) {
                return limit;
            }
            searched = position + pending;
        }
    }

    /** Appends the next chunk to the unread bytes, which move to the front; false at the end of the part. */
    private boolean fill(int unreadFrom) throws InterruptedException {
        ByteBuffer chunk = chunks.next();
        if (chunk == null) {
            return false;
        }
        int unread = limit - unreadFrom;
        if (unread == 0 && chunk.hasArray()) {
            buffer = chunk.array();
            position = chunk.arrayOffset() + chunk.position();
            limit = position + chunk.remaining();
            return chunk.hasRemaining() || fill(position);
        }
        byte[] joined = Arrays.copyOfRange(buffer, unreadFrom, unreadFrom + unread + chunk.remaining());
        int length = chunk.remaining();
        chunk.get(joined, unread, length);
        buffer = joined;
        position = 0;
        limit = unread + length;
        return true;
    }

    private int withoutCarriageReturn(int start, int end) {
        return end > start && end < limit && buffer[end - 1] == '\r' ? end - 1 : end;
    }

    /** Usually decided by the first byte. */
    private boolean isBlank(int from, int to) {
        int at = from;
        while (at < to && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r')) {
            at++;
        }
        return at == to;
    }

    private int bomLength(int start, int length) {
        boolean first = mayHaveBom && number == 1;
        return first && length >= BOM.length && Arrays.equals(buffer, start, start + BOM.length, BOM, 0, BOM.length)
                ? BOM.length
                : 0;
    }
}

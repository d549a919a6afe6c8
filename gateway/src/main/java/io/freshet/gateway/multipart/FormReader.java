package io.freshet.gateway.multipart;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the parts of a form from pieces of any size; where the pieces begin and end makes no difference. Holds one
 * piece, and before it what may be the begin of a delimiter or of a line of a head. A form whose first delimiter line
 * ends with a bare LF was written by hand: all its delimiters begin with LF. What stands before the first delimiter and
 * behind the last is ignored, as RFC 2046 wants it.
 *
 * <p>Fails with MALFORMED if the form ends before its last delimiter, or if a head is too long or is none.
 */
final class FormReader {
    /** Has room for a file name of 4 KiB, of which each byte is three characters, given in both spellings. */
    static final int MAX_HEAD_BYTES = 32 << 10;

    static final int MAX_HEAD_LINES = 100;
    static final int MAX_PARTS = 10_000;

    /** Bytes that are read for nothing: packed, they would cost their sender little. */
    static final int MAX_IGNORED_BYTES = 64 << 10;

    private enum Place {
        PREAMBLE,
        HEAD,
        CONTENT,
        EPILOGUE
    }

    private final Boundary boundary;
    private Delimiter delimiter;
    private Place place = Place.PREAMBLE;

    /** A line's end before the form makes its first delimiter one like all others. */
    private byte[] window = {'\n'};

    private int from;
    private int to = window.length;
    private boolean begun;
    private boolean ended;

    private int parts = 1;
    private List<String> headLines = new ArrayList<>();
    private int headBytes;
    private int scanned;
    private int ignored;

    FormReader(Boundary boundary) {
        this.boundary = boundary;
        this.delimiter = Delimiter.afterLf(boundary);
    }

    /** The next piece, when {@link #next} needs it. */
    void feed(Buffer piece) {
        begun |= piece.length() > 0;
        int kept = to - from;
        byte[] next = new byte[kept + piece.length()];
        System.arraycopy(window, from, next, 0, kept);
        piece.getBytes(next, kept);
        window = next;
        from = 0;
        to = next.length;
    }

    /** No piece comes any more. */
    void end() {
        ended = true;
        if (!begun) {
            place = Place.EPILOGUE;
        }
    }

    FormEvent next() {
        if (place == Place.PREAMBLE) {
            ignoreUpTo(delimiter.find(window, from, to));
            if (delimiterEnd() < 0) {
                return needsInput();
            }
            passDelimiter();
        }
        return switch (place) {
            case HEAD -> inHead();
            case CONTENT -> inContent();
            case PREAMBLE, EPILOGUE -> inEpilogue();
        };
    }

    private FormEvent inHead() {
        for (int newline = newline(); newline >= 0; newline = newline()) {
            String line = line(newline);
            from = newline + 1;
            scanned = 0;
            if (line.isEmpty()) {
                place = Place.CONTENT;
                return new FormEvent.PartBegins(head());
            }
            headLines.add(line);
            if (headLines.size() > MAX_HEAD_LINES) {
                throw bad("The head of part " + parts + " of the form has more than " + MAX_HEAD_LINES + " lines");
            }
        }
        return needsInput();
    }

    private PartHead head() {
        if (parts > MAX_PARTS) {
            throw bad("The form has more than " + MAX_PARTS + " parts");
        }
        PartHead head = new PartHead(parts++, headLines);
        headLines = new ArrayList<>();
        headBytes = 0;
        return head;
    }

    private FormEvent inContent() {
        int end = delimiter.find(window, from, to);
        if (end > from) {
            Buffer content = Buffer.buffer(end - from).appendBytes(window, from, end - from);
            from = end;
            return new FormEvent.Content(content);
        }
        if (delimiterEnd() < 0) {
            return needsInput();
        }
        passDelimiter();
        return new FormEvent.PartEnds();
    }

    private void ignoreUpTo(int end) {
        ignored += end - from;
        from = end;
        if (ignored > MAX_IGNORED_BYTES) {
            throw bad("More than " + MAX_IGNORED_BYTES + " bytes stand outside the form's lines '--" + boundary.text()
                    + "' and '--" + boundary.text() + "--'");
        }
    }

    private FormEvent inEpilogue() {
        ignoreUpTo(to);
        return ended ? new FormEvent.FormEnds() : new FormEvent.NeedsInput();
    }

    /** Negative if no delimiter stands here, or not yet all of it. */
    private int delimiterEnd() {
        return from == to ? Delimiter.NONE : delimiter.endOf(window, from, to);
    }

    private void passDelimiter() {
        int end = delimiterEnd();
        boolean last = delimiter.isLast(window, from);
        if (place == Place.PREAMBLE && window[end - 2] == '\r') {
            delimiter = Delimiter.afterCrLf(boundary);
        }
        place = last ? Place.EPILOGUE : Place.HEAD;
        from = end;
    }

    private int newline() {
        int i = from + scanned;
        while (i < to && window[i] != '\n') {
            i++;
        }
        headBytes += i - from - scanned;
        scanned = i - from;
        if (headBytes > MAX_HEAD_BYTES) {
            throw bad("The head of part " + parts + " of the form is longer than " + MAX_HEAD_BYTES + " bytes");
        }
        return i < to ? i : -1;
    }

    private String line(int newline) {
        int end = newline > from && window[newline - 1] == '\r' ? newline - 1 : newline;
        return new String(window, from, end - from, StandardCharsets.UTF_8);
    }

    private FormEvent needsInput() {
        if (!ended) {
            return new FormEvent.NeedsInput();
        }
        throw switch (place) {
            case PREAMBLE, EPILOGUE ->
                bad("The form has no line '--" + boundary.text() + "', although Content-Type names this boundary");
            case HEAD -> bad("The form ends in the head of part " + parts);
            case CONTENT ->
                bad("The form ends in part " + (parts - 1) + ", before its last line, '--" + boundary.text() + "--'");
        };
    }

    private static Permanent bad(String what) {
        return new Permanent(FailureCode.MALFORMED, what);
    }
}

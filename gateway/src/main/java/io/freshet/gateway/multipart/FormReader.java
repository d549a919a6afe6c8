package io.freshet.gateway.multipart;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the parts of a form from pieces of any size; where the pieces begin and end makes no difference. Holds one piece,
 * preceded by what may be the start of a delimiter or of a header line. A form whose first delimiter line ends with a bare
 * LF was written by hand: all its delimiters start with LF. Anything before the first delimiter and after the last is
 * ignored, as RFC 2046 requires.
 *
 * <p>Fails with MALFORMED if the form ends before its last delimiter, or if a head is too long or invalid.
 */
final class FormReader {
    /** Room for a file name of 4 KiB, each byte as three characters, in both spellings. */
    static final int MAX_HEAD_BYTES = 32 << 10;

    static final int MAX_HEAD_LINES = 100;
    static final int MAX_PARTS = 10_000;

    /** Most bytes that are read and ignored: packed, they would cost their sender little. */
    static final int MAX_IGNORED_BYTES = 64 << 10;

    /** What the reader has come to. */
    sealed interface Event {

        record NeedsInput() implements Event {}

        record PartBegins(PartHead head) implements Event {}

        /** Bytes of the part. */
        record Content(Buffer bytes) implements Event {}

        record PartEnds() implements Event {}

        /** The form is over, and so is everything behind it. */
        record FormEnds() implements Event {}
    }

    private enum Place {
        PREAMBLE,
        HEAD,
        CONTENT,
        EPILOGUE
    }

    private final Boundary boundary;
    private Delimiter delimiter;
    private Place place = Place.PREAMBLE;

    /** A line end in front of the form makes its first delimiter like all others. */
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

    /** No further piece will come. */
    void end() {
        ended = true;
        if (!begun) {
            place = Place.EPILOGUE;
        }
    }

    Event next() {
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

    private Event inHead() {
        for (int newline = newline(); newline >= 0; newline = newline()) {
            String line = line(newline);
            from = newline + 1;
            scanned = 0;
            if (line.isEmpty()) {
                place = Place.CONTENT;
                return new Event.PartBegins(head());
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

    private Event inContent() {
        int end = delimiter.find(window, from, to);
        if (end > from) {
            Buffer content = Buffer.buffer(end - from).appendBytes(window, from, end - from);
            from = end;
            return new Event.Content(content);
        }
        if (delimiterEnd() < 0) {
            return needsInput();
        }
        passDelimiter();
        return new Event.PartEnds();
    }

    private void ignoreUpTo(int end) {
        ignored += end - from;
        from = end;
        if (ignored > MAX_IGNORED_BYTES) {
            throw bad("More than " + MAX_IGNORED_BYTES + " bytes stand outside the form's lines '--" + boundary.text()
                    + "' and '--" + boundary.text() + "--'");
        }
    }

    private Event inEpilogue() {
        ignoreUpTo(to);
        return ended ? new Event.FormEnds() : new Event.NeedsInput();
    }

    /** Negative if there is no delimiter here, or not yet all of it. */
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

    private Event needsInput() {
        if (!ended) {
            return new Event.NeedsInput();
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

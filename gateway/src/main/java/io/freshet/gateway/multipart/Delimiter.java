package io.freshet.gateway.multipart;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What separates the parts of a form: a line end, two hyphens, the boundary, and the end of that line. */
final class Delimiter {
    static final int NONE = -1;
    /** It depends on bytes that have not arrived yet. */
    static final int UNDECIDED = -2;

    /** Blanks that some gateways add after a boundary. */
    private static final int MAX_PADDING = 256;

    private final byte[] text;

    private Delimiter(String text) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
    }

    static Delimiter afterCrLf(Boundary boundary) {
        return new Delimiter("\r\n--" + boundary.text());
    }

    /** As in a form that was written by hand. */
    static Delimiter afterLf(Boundary boundary) {
        return new Delimiter("\n--" + boundary.text());
    }

    /** The first place at which it occurs, or may occur; {@code to} if there is none. */
    int find(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == text[0] && endOf(bytes, i, to) != NONE) {
                return i;
            }
        }
        return to;
    }

    /** Where the line ends that begins at {@code at}; {@link #NONE} if it is no delimiter, or {@link #UNDECIDED}. */
    int endOf(byte[] bytes, int at, int to) {
        int length = Math.min(text.length, to - at);
        if (!Arrays.equals(text, 0, length, bytes, at, at + length)) {
            return NONE;
        }
        int behind = at + length;
        if (behind == to) {
            return UNDECIDED;
        }
        return bytes[behind] == '-' ? endOfForm(bytes, behind, to) : endOfLine(bytes, behind, to);
    }

    /** Of a delimiter that was found: whether the form ends with it. */
    boolean isLast(byte[] bytes, int at) {
        return bytes[at + text.length] == '-';
    }

    private static int endOfForm(byte[] bytes, int at, int to) {
        if (at + 1 == to) {
            return UNDECIDED;
        }
        return bytes[at + 1] == '-' ? at + 2 : NONE;
    }

    private static int endOfLine(byte[] bytes, int at, int to) {
        int i = at;
        while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        if (i - at > MAX_PADDING) {
            return NONE;
        }
        int end = i < to && bytes[i] == '\r' ? i + 1 : i;
        if (end == to) {
            return UNDECIDED;
        }
        return bytes[end] == '\n' ? end + 1 : NONE;
    }
}

package io.freshet.gateway.results;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A single byte range of a representation, RFC 9110 section 14.
 *
 * @param first offset, 0-based
 * @param last offset, inclusive
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("(?i:bytes)=(\\d*)-(\\d*)");
    private static final int SURE_DIGITS = 18;

    /** Starts beyond the end. */
    static final ByteRange UNSATISFIABLE = new ByteRange(-1, -1);

    long length() {
        return last - first + 1;
    }

    /** Null if the header is not understood; everything is sent then, as the RFC requires. */
    static @Nullable ByteRange parse(@Nullable String header, long size) {
        Matcher m = SINGLE.matcher(header == null ? "" : header);
        if (!m.matches() || (m.group(1).isEmpty() && m.group(2).isEmpty())) {
            return null;
        }
        return m.group(1).isEmpty() ? suffix(number(m.group(2)), size) : from(number(m.group(1)), m.group(2), size);
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 || size == 0 ? UNSATISFIABLE : new ByteRange(Math.max(0, size - length), size - 1);
    }

    private static @Nullable ByteRange from(long first, String lastText, long size) {
        long last = lastText.isEmpty() ? size - 1 : Math.min(number(lastText), size - 1);
        if (!lastText.isEmpty() && number(lastText) < first) {
            return null;
        }
        return first >= size ? UNSATISFIABLE : new ByteRange(first, last);
    }

    /** A number that does not fit is beyond every end. */
    private static long number(String digits) {
        String plain = digits.replaceFirst("^0+(?=\\d)", "");
        return plain.length() > SURE_DIGITS ? Long.MAX_VALUE : Long.parseLong(plain);
    }

    /** {@code Content-Range} of a partial answer. */
    String contentRange(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }
}

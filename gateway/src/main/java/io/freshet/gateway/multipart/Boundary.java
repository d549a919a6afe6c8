package io.freshet.gateway.multipart;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;

import java.util.regex.Pattern;

/** The text between the parts of a form, after two hyphens. */
public record Boundary(String text) {
    private static final int MAX_LENGTH = 70;
    private static final Pattern USABLE = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]*[0-9A-Za-z'()+_,./:=?-]");

    /** The boundary in a Content-Type. Fails with MALFORMED if there is none, or one that RFC 2046 does not allow. */
    public static Boundary of(HeaderValue contentType) {
        String text = contentType
                .parameter("boundary")
                .orElseThrow(() -> bad("Content-Type says " + contentType.value()
                        + " without a boundary: let the client make this header (curl -F file=@lines.jsonl)"));
        if (text.isEmpty()) {
            throw bad("The boundary in Content-Type is empty: it needs 1 to " + MAX_LENGTH + " characters");
        }
        if (text.length() > MAX_LENGTH) {
            throw bad("The boundary in Content-Type has " + text.length() + " characters: " + MAX_LENGTH
                    + " at most are allowed");
        }
        if (!USABLE.matcher(text).matches()) {
            throw bad("The boundary in Content-Type has characters that are not allowed: it may have letters, digits,"
                    + " '()+_,-./:=? and, not at its end, spaces");
        }
        return new Boundary(text);
    }

    private static Permanent bad(String what) {
        return new Permanent(FailureCode.MALFORMED, what);
    }
}

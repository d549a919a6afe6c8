package io.freshet.worker.handler.calculator;

import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** The value of one member of a line; the last one where it stands there several times. */
final class Member {

    private @Nullable JsonToken token;
    private String text = "";

    void clear() {
        token = null;
    }

    void set(JsonToken newToken, String newText) {
        token = newToken;
        text = newText;
    }

    boolean isMissing() {
        return token == null;
    }

    boolean isString() {
        return token == JsonToken.VALUE_STRING;
    }

    boolean isNumber() {
        return token != null && token.isNumeric();
    }

    /** Of a string its content, of a number its spelling. */
    String text() {
        return text;
    }

    double number() {
        return Double.parseDouble(text);
    }
}

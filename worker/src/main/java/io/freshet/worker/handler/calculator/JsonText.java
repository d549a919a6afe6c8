package io.freshet.worker.handler.calculator;

/** Strings as JSON. Escapes what must be, and halves of surrogate pairs, which UTF-8 cannot hold. */
final class JsonText {

    private JsonText() {}

    static String quoted(String content) {
        StringBuilder json = new StringBuilder(content.length() + 16).append('"');
        content.codePoints().forEach(c -> append(json, c));
        return json.append('"').toString();
    }

    private static void append(StringBuilder json, int c) {
        switch (c) {
            case '"', '\\' -> json.append('\\').append((char) c);
            case '\b' -> json.append("\\b");
            case '\t' -> json.append("\\t");
            case '\n' -> json.append("\\n");
            case '\f' -> json.append("\\f");
            case '\r' -> json.append("\\r");
            default -> appendPlain(json, c);
        }
    }

    private static void appendPlain(StringBuilder json, int c) {
        if (c < ' ' || Character.getType(c) == Character.SURROGATE) {
            json.append("\\u%04x".formatted(c));
            return;
        }
        json.appendCodePoint(c);
    }
}

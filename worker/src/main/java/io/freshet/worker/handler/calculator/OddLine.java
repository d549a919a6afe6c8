package io.freshet.worker.handler.calculator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.freshet.worker.execution.Line;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads any line with a JSON parser. What it computes and rejects defines the behaviour of {@link PlainLine}, too. */
final class OddLine {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Member id = new Member();
    private final Member value1 = new Member();
    private final Member value2 = new Member();
    private final Member op = new Member();

    /** Writes the result of a line and returns null, or returns the reason for rejecting it. */
    @Nullable
    String compute(Line line, ResultLine out) {
        // Jackson lets some malformed UTF-8 pass, so it gets text
        String text = "";
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.buffer(), line.offset(), line.length()))
                    .toString();
            String problem = read(text);
            return problem == null ? write(out) : problem;
        } catch (CharacterCodingException e) {
            return "not valid UTF-8";
        } catch (StreamConstraintsException e) {
            return "a number or name is too long, or values are nested too deep";
        } catch (JsonEOFException e) {
            return "malformed JSON: ends too early";
        } catch (JsonProcessingException e) {
            return malformed(text, e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /** @param column where the parser stopped: at the unexpected character, or after it */
    private static String malformed(String text, int column) {
        String reason = "malformed JSON at character " + column;
        boolean mark = text.startsWith(BYTE_ORDER_MARK, column - 1) || text.startsWith(BYTE_ORDER_MARK, column - 2);
        return mark ? reason + ": a byte order mark (U+FEFF)" : reason;
    }

    private @Nullable String read(String text) throws IOException {
        id.clear();
        value1.clear();
        value2.clear();
        op.clear();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "not a JSON object";
            }
            readMembers(parser);
            return parser.nextToken() == null ? null : "more than one JSON value";
        }
    }

    private void readMembers(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            Member member = member(name);
            if (member != null) {
                member.set(token, parser.getText());
            }
            parser.skipChildren();
        }
    }

    private @Nullable Member member(String name) {
        return switch (name) {
            case "id" -> id;
            case "value1" -> value1;
            case "value2" -> value2;
            case "op" -> op;
            default -> null;
        };
    }

    private @Nullable String write(ResultLine out) {
        String problem = problem();
        if (problem != null) {
            return problem;
        }
        double left = value1.number();
        double right = value2.number();
        char sign = Arithmetic.sign(op.text());
        if (sign == '/' && right == 0) {
            return "division by zero";
        }
        double result = Arithmetic.apply(sign, left, right);
        if (!Double.isFinite(result)) {
            return "the result is too large";
        }
        begin(out);
        out.value1(left);
        out.value2(right);
        out.result(op.text(), result);
        return null;
    }

    private void begin(ResultLine out) {
        if (id.isMissing()) {
            out.begin();
            return;
        }
        byte[] json = (id.isString() ? JsonText.quoted(id.text()) : id.text()).getBytes(StandardCharsets.UTF_8);
        out.begin(json, 0, json.length);
    }

    private @Nullable String problem() {
        if (!id.isMissing() && !id.isString() && !id.isNumber()) {
            return "id is neither a string nor a number";
        }
        String problem = numberProblem("value1", value1);
        if (problem == null) {
            problem = numberProblem("value2", value2);
        }
        return problem == null ? signProblem() : problem;
    }

    private static @Nullable String numberProblem(String name, Member value) {
        if (value.isMissing()) {
            return name + " is missing";
        }
        if (!value.isNumber()) {
            return name + " is not a number";
        }
        return Double.isFinite(value.number()) ? null : name + " is too large";
    }

    private @Nullable String signProblem() {
        if (op.isMissing()) {
            return "op is missing";
        }
        boolean known = op.isString() && Arithmetic.sign(op.text()) != 0;
        return known ? null : "op is none of + - * /";
    }

    /** JSON strings. Escapes what has to be escaped, and unpaired surrogates, which UTF-8 cannot encode. */
    static final class JsonText {

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

    /** The value of one member of a line; the last one if it occurs several times. */
    static final class Member {

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

        /** The content of a string, or the text of a number. */
        String text() {
            return text;
        }

        double number() {
            return Double.parseDouble(text);
        }
    }
}

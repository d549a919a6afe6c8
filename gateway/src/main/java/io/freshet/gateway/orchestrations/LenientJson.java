package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.io.IOException;

/** JSON as generously as the original reads it: single quotes, comments, bare keys, commas at the end, NaN. */
final class LenientJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final String NOT_JSON = "Newtonsoft.Json.JsonSerializationException";

    private LenientJson() {}

    /** The only value of a text; fails with an error that says where it is wrong. */
    static JsonNode whole(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonNode value = first(parser);
            JsonLocation end = parser.currentLocation();
            if (hasMore(parser)) {
                throw additional(text, end);
            }
            return value;
        } catch (JsonEOFException e) {
            throw DurableError.wentWrong("Unexpected end when reading JSON. " + at(text, e.getLocation()), NOT_JSON);
        } catch (IOException e) {
            throw unexpected(text, e);
        }
    }

    /** The first value of a text; whatever follows is ignored. */
    static JsonNode beginning(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonNode value = first(parser);
            if (value.isMissingNode()) {
                throw DurableError.invalidJson("Error reading JToken from JsonReader. Path '', line 0, position 0.");
            }
            return value;
        } catch (JsonEOFException e) {
            String kind = text.stripLeading().startsWith("[") ? "JArray" : "JObject";
            throw DurableError.invalidJson("Error reading " + kind + " from JsonReader. " + at(text, e.getLocation()));
        } catch (IOException e) {
            throw unexpected(text, e);
        }
    }

    private static JsonNode first(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            return MissingNode.getInstance();
        }
        JsonNode value = JSON.readTree(parser);
        return value.isFloatingPointNumber() && !Double.isFinite(value.asDouble()) && !value.isBigDecimal()
                ? JSON.getNodeFactory().textNode(value.asText())
                : value;
    }

    private static boolean hasMore(JsonParser parser) throws IOException {
        try {
            return parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private static DurableError additional(String text, JsonLocation end) {
        int next = (int) end.getCharOffset();
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        String found = next < text.length() ? text.substring(next, text.offsetByCodePoints(next, 1)) : "";
        return DurableError.invalidJson("Additional text encountered after finished reading JSON content: " + found
                + ". Path '', line " + end.getLineNr() + ", position " + next + ".");
    }

    private static DurableError unexpected(String text, IOException failure) {
        String begin = text.stripLeading();
        JsonLocation where = failure instanceof JsonProcessingException e ? e.getLocation() : null;
        boolean atOnce = !begin.isEmpty() && "{[\"'".indexOf(begin.charAt(0)) < 0;
        if (atOnce || where == null) {
            String found = begin.isEmpty() ? "" : begin.substring(0, begin.offsetByCodePoints(0, 1));
            return DurableError.invalidJson("Unexpected character encountered while parsing value: " + found
                    + ". Path '', line 0, position 0.");
        }
        return DurableError.invalidJson("Unexpected character encountered. " + at(text, where));
    }

    private static String at(String text, JsonLocation where) {
        long column = Math.max(0, Math.min(where.getColumnNr() - 1L, text.length()));
        return "Path '', line " + where.getLineNr() + ", position " + column + ".";
    }
}

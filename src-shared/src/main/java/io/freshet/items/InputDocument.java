package io.freshet.items;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.WorkItem.InputBlob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Inputs and outputs of items, in the format of the original's workers. */
public final class InputDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper WHOLE = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String DATA = "input_data";

    private InputDocument() {}

    /** For example {@code {"input_data":[1,1],"input_id":0,"instance_id":"a"}}. */
    static byte[] write(InputBlob blob) {
        ObjectNode document = JSON.createObjectNode();
        document.set(DATA, json(String.valueOf(blob.data())));
        return document.put("input_id", blob.item())
                .put("instance_id", blob.instance())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The compact {@code input_data} of an input. */
    public static String data(byte[] document) {
        try {
            JsonNode data = JSON.readTree(document).path(DATA);
            if (!data.isMissingNode()) {
                return data.toString();
            }
        } catch (IOException e) {
            throw new Permanent(FailureCode.MALFORMED, "The input is not JSON", e);
        }
        throw new Permanent(FailureCode.MALFORMED, "The input has no '" + DATA + "'");
    }

    /**
     * The input in a blob that was not written by us: the original's format, any other JSON, or plain text. Returns
     * JSON text.
     */
    static String dataOf(ByteBuffer blob) {
        String text = StandardCharsets.UTF_8.decode(blob).toString();
        try {
            JsonNode json = WHOLE.readTree(text);
            JsonNode data = json.has(DATA) ? json.path(DATA) : json;
            return data.isMissingNode() ? TextNode.valueOf(text).toString() : data.toString();
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text).toString();
        }
    }

    /**
     * For example {@code {"input_id":0,"instance_id":"a","result":2}}.
     *
     * @param result JSON text; any other text is written as a string
     */
    public static byte[] output(InputBlob blob, String result) {
        ObjectNode document =
                JSON.createObjectNode().put("input_id", blob.item()).put("instance_id", blob.instance());
        return document.set("result", json(result)).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The {@code result} of an output; JSON null if it has none. */
    public static JsonNode result(byte[] output) {
        try {
            JsonNode result = JSON.readTree(output).path("result");
            return result.isMissingNode() ? JSON.nullNode() : result;
        } catch (IOException e) {
            throw new Permanent(FailureCode.MALFORMED, "An output is not JSON", e);
        }
    }

    static Permanent gone(String path) {
        return new Permanent(FailureCode.NOT_FOUND, "The input " + path + " is no longer in storage");
    }

    /** Text that is not JSON becomes a JSON string. */
    public static JsonNode json(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json == null || json.isMissingNode() ? TextNode.valueOf(text) : json;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}

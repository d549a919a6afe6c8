package io.freshet.orchestration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.instance.Inputs;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The request that started an orchestration.
 *
 * @param instanceId of the instance
 * @param input JSON, {@code null} as a JSON null
 * @param lines inputs that were streamed, if any
 */
public record Start(String instanceId, JsonNode input, Inputs.@Nullable Stored lines) {

    /**
     * The requested inputs: those of the stream; or a count; or {@code {"inputCount":n}}, {@code {"inputs":[…]}},
     * {@code {"inputPrefix":"container/path/"}} or an array; each also encoded as a string. Throws {@link
     * IllegalArgumentException}, whose message lists the possibilities, for anything else.
     */
    public Inputs inputs() {
        return lines != null ? lines : RequestedInputs.of(input);
    }

    /** Reads which inputs a client requests. Python clients encode twice, so a string may contain the JSON. */
    static final class RequestedInputs {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final int ENCODINGS = 3;
        private static final String POSSIBLE =
                "say how many inputs are to be generated (4 or {\"inputCount\":4}), give them"
                        + " ({\"inputs\":[…]}, or one a line as application/x-ndjson), or name blobs"
                        + " ({\"inputPrefix\":\"container/path/\"})";

        private RequestedInputs() {}

        static Inputs of(JsonNode input) {
            JsonNode json = decoded(input);
            if (json.isArray()) {
                return given(json);
            }
            if (json.isObject()) {
                return ofObject(json);
            }
            return count(json);
        }

        private static Inputs ofObject(JsonNode json) {
            if (json.has("inputs")) {
                JsonNode inputs = decoded(json.path("inputs"));
                if (!inputs.isArray()) {
                    throw new IllegalArgumentException("'inputs' must be an array");
                }
                return given(inputs);
            }
            if (json.has("inputPrefix")) {
                return existing(json.path("inputPrefix"));
            }
            return count(decoded(json.path("inputCount")));
        }

        private static Inputs existing(JsonNode prefix) {
            if (!prefix.isTextual() || !prefix.asText().matches("[a-z0-9-]{3,63}/.*")) {
                throw new IllegalArgumentException(
                        "'inputPrefix' must be a container and a prefix of names, such as \"input/batch-7/\"");
            }
            return new Inputs.Existing(prefix.asText());
        }

        private static Inputs count(JsonNode number) {
            if (!number.isNumber()) {
                throw new IllegalArgumentException("The input is not understood: " + POSSIBLE);
            }
            double value = number.asDouble();
            if (value != Math.rint(value) || value < 0 || value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("The number of inputs must be a whole number from 0 to "
                        + Integer.MAX_VALUE + ", not " + shortened(number.asText()));
            }
            return new Inputs.Generated((int) value);
        }

        private static Inputs given(JsonNode array) {
            List<String> values = new ArrayList<>();
            array.forEach(value -> values.add(value.toString()));
            return new Inputs.Given(values);
        }

        private static JsonNode decoded(JsonNode input) {
            JsonNode json = input;
            for (int i = 0; i < ENCODINGS && json.isTextual(); i++) {
                try {
                    json = JSON.readTree(json.asText());
                } catch (JsonProcessingException e) {
                    return json;
                }
            }
            return json;
        }

        private static String shortened(String text) {
            return text.length() > 40 ? text.substring(0, 40) + "…" : text;
        }
    }
}

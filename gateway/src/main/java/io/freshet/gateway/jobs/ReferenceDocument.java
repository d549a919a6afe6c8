package io.freshet.gateway.jobs;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The small document by which an input is named. */
final class ReferenceDocument {
    private static final String URL = "inputUrl";
    private static final String EXPECTED = "send {\"inputUrl\": \"https://…/container/blob\"}";

    private ReferenceDocument() {}

    /** The URL in it. Throws a {@link ProblemException} if the document is none, or has what nobody reads. */
    static String inputUrl(String document, ObjectMapper json) {
        JsonNode tree = tree(document, json);
        List<String> unknown = new ArrayList<>();
        tree.fieldNames().forEachRemaining(unknown::add);
        unknown.remove(URL);
        if (!unknown.isEmpty()) {
            throw JobParameters.bad(
                    String.join(", ", unknown),
                    "is not read in this document: send parameters in the query; " + EXPECTED);
        }
        JsonNode url = tree.path(URL);
        if (!url.isTextual()) {
            throw JobParameters.bad(URL, (url.isMissingNode() ? "is missing: " : "is no text: ") + EXPECTED);
        }
        return url.asText();
    }

    private static String place(@Nullable JsonLocation found) {
        return found == null ? "" : " (line " + found.getLineNr() + ", column " + found.getColumnNr() + ")";
    }

    private static JsonNode tree(String document, ObjectMapper json) {
        ObjectReader reader = json.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try {
            return reader.readTree(document);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_BODY,
                    "The body is not one JSON object" + place(e.getLocation()) + ": " + EXPECTED);
        }
    }
}

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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The body of a submission by reference. */
@Schema(description = "An input that is already in blob storage")
record JobReference(
        @Schema(
                description =
                        "https://<host>/<container>/<blob>. Inputs, outputs and results of jobs need no SAS, nor do"
                                + " blobs in INPUTCONTAINERS; any other blob of the storage account does: one that only"
                                + " allows reading (sp=r), of that blob, and not for long. It is kept until the job ends."
                                + " snapshot or versionid name an earlier version of the blob",
                required = true)
        String inputUrl) {

    static final String MEDIA_TYPE = "application/vnd.freshet.job+json";
    private static final String URL = "inputUrl";
    private static final String EXPECTED = "send {\"inputUrl\": \"https://…/container/blob\"}";

    /** Throws a {@link ProblemException} if the text is no such document, or has members that are not read. */
    static JobReference parse(String document, ObjectMapper json) {
        JsonNode tree = tree(document, json);
        List<String> unknown = new ArrayList<>();
        tree.fieldNames().forEachRemaining(unknown::add);
        unknown.remove(URL);
        if (!unknown.isEmpty()) {
            throw ProblemException.badParameter(
                    String.join(", ", unknown),
                    "is not read in this document: send parameters in the query; " + EXPECTED);
        }
        JsonNode url = tree.path(URL);
        if (!url.isTextual()) {
            throw ProblemException.badParameter(
                    URL, (url.isMissingNode() ? "is missing: " : "is not a string: ") + EXPECTED);
        }
        return new JobReference(url.asText());
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

package io.freshet.gateway.results;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds to the OpenAPI document what all downloads have in common: conditions, ranges, and bytes as their answer. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DownloadAnswers implements OASFilter {
    private static final String CONTENT_RANGE = "Content-Range";
    // in this order, so that the document is the same in every build
    private static final Map<String, String> CONDITIONS = new LinkedHashMap<>();

    static {
        CONDITIONS.put("Range", "One range of bytes, such as bytes=0-71");
        CONDITIONS.put("If-Range", "The ETag or date of the version that Range refers to");
        CONDITIONS.put(HttpHeaders.IF_MATCH, "ETags, one of which must be that of the current version");
        CONDITIONS.put(HttpHeaders.IF_NONE_MATCH, "ETags of versions that the client already has");
        CONDITIONS.put(HttpHeaders.IF_MODIFIED_SINCE, "Date of the version that the client already has");
        CONDITIONS.put(HttpHeaders.IF_UNMODIFIED_SINCE, "Date since which it must not have changed");
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().values().stream()
                .map(PathItem::getGET)
                .filter(operation ->
                        operation != null && List.of(ResultsResource.TAG).equals(operation.getTags()))
                .forEach(DownloadAnswers::describe);
    }

    private static void describe(Operation download) {
        CONDITIONS.forEach((name, what) -> download.addParameter(OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(what)
                .schema(text())));
        download.getResponses()
                .addAPIResponse(
                        "200",
                        bytes(
                                "All of it, in the order of the input",
                                HttpHeaders.ETAG,
                                HttpHeaders.LAST_MODIFIED,
                                HttpHeaders.CONTENT_DISPOSITION))
                .addAPIResponse("206", bytes("The requested range", HttpHeaders.ETAG, CONTENT_RANGE))
                .addAPIResponse("304", answer("The client already has the current version", HttpHeaders.ETAG));
    }

    private static APIResponse bytes(String what, String... headers) {
        Content content = OASFactory.createContent();
        for (String type : List.of(ResultsResource.NDJSON, MediaType.APPLICATION_OCTET_STREAM)) {
            content.addMediaType(type, OASFactory.createMediaType().schema(text().format("binary")));
        }
        return answer(what, headers).content(content);
    }

    private static APIResponse answer(String what, String... headers) {
        APIResponse answer = OASFactory.createAPIResponse().description(what);
        for (String name : headers) {
            answer.addHeader(name, OASFactory.createHeader().schema(text()));
        }
        return answer;
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}

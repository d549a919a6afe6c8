package io.freshet.gateway.results;

import io.freshet.gateway.jobs.JobQueries;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Downloads: maps HTTP to {@link Downloads}, nothing more. */
@Path("/jobs/{id}")
@Tag(name = "results", description = "Download what jobs have computed and what they have rejected")
public class ResultsResource {
    static final String NDJSON = "application/x-ndjson";
    private static final String BYTES = MediaType.APPLICATION_OCTET_STREAM;
    private static final String JSON = MediaType.APPLICATION_JSON;
    private static final List<MediaType> LABELS = List.of(
            MediaType.valueOf(NDJSON), MediaType.APPLICATION_OCTET_STREAM_TYPE, MediaType.APPLICATION_JSON_TYPE);

    private final JobQueries queries;
    private final Downloads downloads;

    ResultsResource(JobQueries queries, Downloads downloads) {
        this.queries = queries;
        this.downloads = downloads;
    }

    @GET
    @Path("/results")
    @Produces({NDJSON, BYTES, JSON})
    @Operation(
            summary = "Download the results",
            description = "All of them once the job has ended, or one part as soon as it is done; who accepts"
                    + " application/json gets application/x-ndjson")
    @Parameter(
            name = "Range",
            in = ParameterIn.HEADER,
            description = "One range of bytes, such as bytes=0-71",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "If-Range",
            in = ParameterIn.HEADER,
            description = "The ETag that the Range is of",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description = "ETags, one of which the results must have",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "If-None-Match",
            in = ParameterIn.HEADER,
            description = "ETags that the client has already",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "If-Modified-Since",
            in = ParameterIn.HEADER,
            description = "When the client got what it has",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "If-Unmodified-Since",
            in = ParameterIn.HEADER,
            description = "Since when they must not change",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The results, in the order of the input",
            headers = {
                @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
                @Header(name = "Accept-Ranges", schema = @Schema(type = SchemaType.STRING)),
                @Header(name = "Content-Disposition", schema = @Schema(type = SchemaType.STRING))
            },
            content = {
                @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = BYTES, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "206",
            description = "The range that was asked for",
            headers = {
                @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
                @Header(name = "Content-Range", schema = @Schema(type = SchemaType.STRING))
            },
            content = {
                @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = BYTES, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "304",
            description = "They are as If-None-Match or If-Modified-Since knows them",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)))
    @Problems({
        ProblemType.JOB_NOT_FOUND,
        ProblemType.NO_RESULTS,
        ProblemType.NOT_FINISHED,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.RANGE_NOT_SATISFIABLE
    })
    public Uni<Response> getResults(
            @RestPath String id,
            @RestQuery
                    @Parameter(
                            description = "Number of a part, from 1; all parts without it",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1"))
                    @Nullable
                    String part,
            @Context HttpHeaders headers) {
        return queries.run(id)
                .flatMap(run -> downloads.results(run, part, Conditions.of(headers)))
                .map(response -> labelled(response, headers));
    }

    @GET
    @Path("/errors")
    @Produces({NDJSON, BYTES, JSON})
    @Operation(
            summary = "Download the rejected lines",
            description = "One JSON object a line: line (from 1, over the whole input), reason, input (at most 4 KiB);"
                    + " while the job runs, those of the finished parts")
    @APIResponse(
            responseCode = "200",
            description = "The rejected lines, in the order of the input",
            headers = @Header(name = "Content-Disposition", schema = @Schema(type = SchemaType.STRING)),
            content = {
                @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = BYTES, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @Problems({ProblemType.JOB_NOT_FOUND, ProblemType.NO_RESULTS})
    public Uni<Response> getRejectedLines(@RestPath String id, @Context HttpHeaders headers) {
        return queries.run(id).map(downloads::errors).map(response -> labelled(response, headers));
    }

    /** Who takes JSON takes lines of JSON, but they are not one JSON text, and are not called so. */
    private static Response labelled(Response response, HttpHeaders headers) {
        boolean bytes = headers.getAcceptableMediaTypes().stream()
                .filter(type -> LABELS.stream().anyMatch(type::isCompatible))
                .findFirst()
                .filter(best -> !best.isWildcardSubtype() && best.isCompatible(MediaType.APPLICATION_OCTET_STREAM_TYPE))
                .isPresent();
        return response.hasEntity()
                ? Response.fromResponse(response).type(bytes ? BYTES : NDJSON).build()
                : response;
    }
}

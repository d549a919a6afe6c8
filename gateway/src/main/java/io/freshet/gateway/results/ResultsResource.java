package io.freshet.gateway.results;

import io.freshet.gateway.access.Callers;
import io.freshet.gateway.access.Roles;
import io.freshet.gateway.access.TicketsResource;
import io.freshet.gateway.jobs.JobQueries;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Downloads: maps HTTP to {@link Downloads}, nothing more. */
@Path("/jobs/{id}")
@Tag(name = ResultsResource.TAG, description = "Download what jobs have computed and what they have rejected")
public class ResultsResource {
    /** The type of every answer: a client that accepts only JSON gets lines of it rather than 406. */
    static final String NDJSON = "application/x-ndjson";

    static final String TAG = "results";
    private static final String BYTES = MediaType.APPLICATION_OCTET_STREAM;
    private static final String JSON = MediaType.APPLICATION_JSON;
    private static final List<MediaType> LABELS = List.of(
            MediaType.valueOf(NDJSON), MediaType.APPLICATION_OCTET_STREAM_TYPE, MediaType.APPLICATION_JSON_TYPE);

    private final JobQueries queries;
    private final Downloads downloads;
    private final Callers callers;

    ResultsResource(JobQueries queries, Downloads downloads, Callers callers) {
        this.callers = callers;
        this.queries = queries;
        this.downloads = downloads;
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Path("/results")
    @Produces({NDJSON, BYTES, JSON})
    @Operation(
            summary = "Download the results",
            description = "All results once the job has ended, or one part as soon as it is done; a client that"
                    + " accepts application/json gets application/x-ndjson")
    @Parameter(
            name = TicketsResource.PARAMETER,
            in = ParameterIn.QUERY,
            description = TicketsResource.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
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
                            description = "Number of a part, from 1; all parts if omitted",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1"))
                    @Nullable
                    String part,
            @Context HttpServerRequest request,
            @Context HttpHeaders headers) {
        return queries.run(id, callers.current())
                .flatMap(run -> downloads.results(run, part, Conditions.of(request)))
                .map(response -> labelled(response, headers));
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Path("/errors")
    @Produces({NDJSON, BYTES, JSON})
    @Operation(
            summary = "Download the rejected lines",
            description = "One JSON object per line: line (from 1, in the whole input), reason, input (at most 4 KiB);"
                    + " while the job runs, those of the finished parts")
    @Parameter(
            name = TicketsResource.PARAMETER,
            in = ParameterIn.QUERY,
            description = TicketsResource.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @Problems({
        ProblemType.JOB_NOT_FOUND,
        ProblemType.NO_RESULTS,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.RANGE_NOT_SATISFIABLE
    })
    public Uni<Response> getRejectedLines(
            @RestPath String id,
            @RestQuery
                    @Parameter(
                            description = "Number of a part, from 1; all parts if omitted",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1"))
                    @Nullable
                    String part,
            @Context HttpServerRequest request,
            @Context HttpHeaders headers) {
        return queries.run(id, callers.current())
                .flatMap(run -> downloads.errors(run, part, Conditions.of(request)))
                .map(response -> labelled(response, headers));
    }

    /** A client that accepts JSON accepts lines of JSON, but they are not one JSON text, and are not labelled as one. */
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

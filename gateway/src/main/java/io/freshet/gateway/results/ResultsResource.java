package io.freshet.gateway.results;

import io.freshet.gateway.jobs.JobQueries;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Downloads: maps HTTP to {@link Downloads}, nothing more. */
@Path("/jobs/{id}")
public class ResultsResource {
    /** Of every answer: who accepts JSON alone gets lines of it rather than 406. */
    static final String NDJSON = "application/x-ndjson";

    private final JobQueries queries;
    private final Downloads downloads;

    ResultsResource(JobQueries queries, Downloads downloads) {
        this.queries = queries;
        this.downloads = downloads;
    }

    @GET
    @Path("/results")
    @Produces({NDJSON, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Download the results",
            description = "All of them once the job has ended, or one part as soon as it is done")
    @APIResponse(responseCode = "200", description = "The results, in the order of the input")
    @APIResponse(responseCode = "206", description = "The range that was asked for")
    @APIResponse(responseCode = "304", description = "They are as If-None-Match or If-Modified-Since knows them")
    public Uni<Response> results(
            @RestPath String id,
            @RestQuery @Parameter(description = "Number of a part, from 1; all parts without it") @Nullable String part,
            @Context HttpServerRequest request) {
        return queries.run(id).flatMap(run -> downloads.results(run, part, Conditions.of(request)));
    }

    @GET
    @Path("/errors")
    @Produces({NDJSON, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Download the rejected lines",
            description = "One JSON object a line: line (from 1, over the whole input), reason, input (at most 4 KiB);"
                    + " while the job runs, those of the finished parts")
    @APIResponse(responseCode = "200", description = "The rejected lines, in the order of the input")
    @APIResponse(responseCode = "206", description = "The range that was asked for")
    @APIResponse(responseCode = "304", description = "They are as If-None-Match or If-Modified-Since knows them")
    public Uni<Response> errors(@RestPath String id, @Context HttpServerRequest request) {
        return queries.run(id).flatMap(run -> downloads.errors(run, Conditions.of(request)));
    }
}

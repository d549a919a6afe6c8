package io.freshet.gateway.jobs;

import io.freshet.gateway.access.Callers;
import io.freshet.gateway.access.Roles;
import io.freshet.gateway.jobs.JobPages.Jobs;
import io.freshet.gateway.jobs.UploadBody.FileForm;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Problems;
import io.freshet.gateway.problem.Quoted;
import io.freshet.job.JobDocument;
import io.freshet.run.RunId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** The Jobs API: maps HTTP to submission, queries and commands, nothing more. */
@Path("/jobs")
@Tag(name = "jobs", description = "Submit jobs, look at them and command them")
public class JobsResource {
    private static final String ID = "2026-11-8204547905476472157";
    private static final String LINES = """
            {"id":"1","value1":3123,"value2":321311,"op":"+"}
            {"id":"2","value1":3123,"value2":321311,"op":"/"}
            """;

    private final JobSubmission submission;
    private final JobQueries queries;
    private final JobPages pages;
    private final JobCommands commands;
    private final Callers callers;

    JobsResource(JobSubmission submission, JobQueries queries, JobPages pages, JobCommands commands, Callers callers) {
        this.callers = callers;
        this.submission = submission;
        this.queries = queries;
        this.pages = pages;
        this.commands = commands;
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Submit a job",
            description = "The lines as multipart/form-data (part 'file') or as a raw body of any content type; gzip is"
                    + " unpacked. With " + JobReference.MEDIA_TYPE
                    + ", {\"inputUrl\": …} names a blob, which is read in place.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING),
                        example = LINES),
                @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = FileForm.class)),
                @Content(mediaType = JobReference.MEDIA_TYPE, schema = @Schema(implementation = JobReference.class))
            })
    @APIResponse(
            responseCode = "202",
            description = "Accepted; the id as text, or as JSON if the client prefers it",
            headers =
                    @Header(
                            name = HttpHeaders.LOCATION,
                            description = "The job",
                            schema = @Schema(type = SchemaType.STRING, format = "uri-reference")),
            content = {
                @Content(mediaType = "text/plain", schema = @Schema(type = SchemaType.STRING), example = ID),
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = JobAccepted.class),
                        example = "{\"id\":\"" + ID + "\"}")
            })
    @Problems({
        ProblemType.MALFORMED_BODY,
        ProblemType.NO_FILE_PART,
        ProblemType.NO_INPUT,
        ProblemType.UNSUPPORTED_FORMAT,
        ProblemType.HOST_NOT_ALLOWED,
        ProblemType.UNREADABLE_INPUT,
        ProblemType.TOO_SLOW,
        ProblemType.INPUT_TOO_LARGE,
        ProblemType.LINE_TOO_LONG,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.OVERLOADED
    })
    public Uni<Response> submitJob(
            @BeanParam JobParameters parameters, @Context HttpServerRequest request, @Context HttpHeaders headers) {
        boolean json = prefersJson(headers.getAcceptableMediaTypes());
        return submission.submit(parameters, request, callers.current()).map(id -> accepted(id, json));
    }

    /** Answer to a submission, for clients that prefer JSON. */
    @RegisterForReflection
    record JobAccepted(String id) {}

    /** @param accepted best first */
    private static boolean prefersJson(List<MediaType> accepted) {
        for (MediaType type : accepted) {
            if (type.isCompatible(MediaType.TEXT_PLAIN_TYPE)) {
                return false;
            }
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return true;
            }
        }
        return false;
    }

    private static Response accepted(RunId id, boolean json) {
        Response.ResponseBuilder response = Response.accepted().header(HttpHeaders.LOCATION, "/jobs/" + id);
        return json
                ? response.type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(new JobAccepted(id.toString()))
                        .build()
                : response.type(MediaType.TEXT_PLAIN_TYPE).entity(id.toString()).build();
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "List jobs, newest first",
            description = "The Link header with rel=\"next\" leads to older jobs")
    @APIResponse(
            responseCode = "200",
            headers =
                    @Header(
                            name = HttpHeaders.LINK,
                            description = "<…>; rel=\"next\": the next page; absent on the last",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = JobDocument[].class)),
            description = "A page of jobs")
    @Problems({})
    public Uni<Response> listJobs(@BeanParam ListParameters parameters, @Context HttpServerRequest request) {
        return pages.page(parameters.read(callers.current())).map(found -> listed(found, request));
    }

    private static Response listed(Jobs page, HttpServerRequest request) {
        Response.ResponseBuilder response = Response.ok(page.jobs());
        if (page.next() != null) {
            String next = UriBuilder.fromPath("/jobs")
                    .replaceQuery(request.query())
                    .replaceQueryParam("page", page.next())
                    .build()
                    .toString();
            response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
        }
        return response.build();
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Look at a job")
    @APIResponse(
            responseCode = "200",
            description = "The job",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Problems(ProblemType.JOB_NOT_FOUND)
    public Uni<JobDocument> getJob(@RestPath String id) {
        return queries.document(id, callers.current());
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/{id}/cancel")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Cancel a job",
            description = "Parts in progress are stopped; finished parts can still be read")
    @APIResponse(
            responseCode = "200",
            description = "The job after the change",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Problems({ProblemType.JOB_NOT_FOUND, ProblemType.ILLEGAL_STATE})
    public Uni<JobDocument> cancelJob(@RestPath String id) {
        return commands.cancel(id, callers.current());
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/{id}/suspend")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Suspend a job", description = "No new part is started; parts in progress are completed")
    @APIResponse(
            responseCode = "200",
            description = "The job after the change",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Problems({ProblemType.JOB_NOT_FOUND, ProblemType.ILLEGAL_STATE})
    public Uni<JobDocument> suspendJob(@RestPath String id) {
        return commands.suspend(id, callers.current());
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/{id}/resume")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Resume a suspended job")
    @APIResponse(
            responseCode = "200",
            description = "The job after the change",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Problems({ProblemType.JOB_NOT_FOUND, ProblemType.ILLEGAL_STATE})
    public Uni<JobDocument> resumeJob(@RestPath String id) {
        return commands.resume(id, callers.current());
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/{id}/rerun")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Run the failed parts again",
            description = "With failedOnly=true; finished parts keep their output")
    @APIResponse(
            responseCode = "200",
            description = "The job after the change",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Problems({ProblemType.JOB_NOT_FOUND, ProblemType.ILLEGAL_STATE})
    public Uni<JobDocument> rerunJob(
            @RestPath String id,
            @RestQuery
                    @Parameter(
                            required = true,
                            description = "Must be true: to compute everything again, submit the input again",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable
                    String failedOnly) {
        if (!"true".equals(failedOnly)) {
            String sent = failedOnly == null ? "" : ", not " + Quoted.of(failedOnly);
            throw ProblemException.badParameter(
                    "failedOnly",
                    "must be true" + sent + "; to compute everything again, submit a job with this one's input");
        }
        return commands.rerunFailed(id, callers.current());
    }

    @DELETE
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/{id}")
    @Operation(
            summary = "Delete a job",
            description =
                    "Ends it and removes all its blobs. It may be repeated, and answers 404 once everything is gone")
    @APIResponse(responseCode = "202", description = "The job is deleted; its blobs follow")
    @Problems(ProblemType.JOB_NOT_FOUND)
    public Uni<Response> deleteJob(@RestPath String id) {
        return commands.delete(id, callers.current())
                .replaceWith(() -> Response.accepted().build());
    }
}

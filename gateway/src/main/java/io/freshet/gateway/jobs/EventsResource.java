package io.freshet.gateway.jobs;

import io.freshet.gateway.access.Callers;
import io.freshet.gateway.access.Roles;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Problems;
import io.freshet.gateway.streaming.StreamedBody;
import io.freshet.job.JobDocument;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import java.util.function.BooleanSupplier;

/** A job as server-sent events. */
@Path("/jobs/{id}/events")
@Tag(name = "jobs")
public class EventsResource {
    private final JobQueries queries;
    private final JobEvents events;
    private final Callers callers;

    EventsResource(JobQueries queries, JobEvents events, Callers callers) {
        this.callers = callers;
        this.queries = queries;
        this.events = events;
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Watch a job",
            description =
                    "Server-sent events: the job's document as JSON on every change, at most twice a second, until an"
                            + " event named 'end' says that the job has ended; a comment every 15 seconds")
    @APIResponse(
            responseCode = "200",
            description = "The job as it changes",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING),
                            example = "data:{\"id\":\"2026-11-8204547905476472157\",\"status\":\"Complete\",…}\n\n"))
    @APIResponse(
            responseCode = "204",
            description = "Last-Event-ID is that of the last event: there is nothing more to come")
    @Problems(ProblemType.JOB_NOT_FOUND)
    public Uni<Response> watchJob(
            @RestPath String id,
            @RestHeader("Last-Event-ID") @Parameter(description = "Id of the last event that was received") @Nullable
                    String seen) {
        BooleanSupplier standing = callers.standing();
        return queries.document(id, callers.current())
                .map(job -> seen != null && events.isOver(job, seen)
                        ? Response.noContent().build()
                        : Response.ok(body(job, standing), MediaType.SERVER_SENT_EVENTS_TYPE)
                                .build());
    }

    private StreamedBody body(JobDocument first, BooleanSupplier standing) {
        return StreamedBody.ofEvents(events.watch(first).select().first(event -> standing.getAsBoolean()));
    }
}

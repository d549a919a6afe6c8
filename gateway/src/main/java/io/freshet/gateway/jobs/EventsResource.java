package io.freshet.gateway.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Problems;
import io.freshet.gateway.streaming.StreamedBody;
import io.freshet.message.JobDocument;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * A job as server-sent events. Written by ourselves: the framework's own event stream has answered 200 before it knows
 * whether there is such a job.
 */
@Path("/jobs/{id}/events")
@Tag(name = "jobs")
public class EventsResource {
    private final JobQueries queries;
    private final ObjectMapper json;

    EventsResource(JobQueries queries, ObjectMapper json) {
        this.queries = queries;
        this.json = json;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Watch a job",
            description =
                    "Server-sent events: the job's document as JSON on every change, twice a second at most, until"
                            + " its end")
    @APIResponse(
            responseCode = "200",
            description = "The job as it goes on",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING),
                            example = "data:{\"id\":\"2026-11-8204547905476472157\",\"status\":\"Complete\",…}\n\n"))
    @Problems(ProblemType.JOB_NOT_FOUND)
    public Uni<Response> watchJob(@RestPath String id) {
        return queries.document(id)
                .map(first -> Response.ok(body(first), MediaType.SERVER_SENT_EVENTS_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .build());
    }

    private StreamedBody body(JobDocument first) {
        return new StreamedBody(OptionalLong.empty(), queries.events(first).map(this::event));
    }

    private ByteBuffer event(JobDocument document) {
        try {
            String event = "data:" + json.writeValueAsString(document) + "\n\n";
            return ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A job's document cannot be written", e);
        }
    }
}

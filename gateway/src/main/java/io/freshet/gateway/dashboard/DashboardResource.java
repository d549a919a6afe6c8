package io.freshet.gateway.dashboard;

import io.freshet.dashboard.RunRow;
import io.freshet.gateway.access.Caller;
import io.freshet.gateway.access.Callers;
import io.freshet.gateway.access.Roles;
import io.freshet.gateway.jobs.JobPages;
import io.freshet.gateway.jobs.JobPages.Wish;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Problems;
import io.freshet.gateway.problem.Quoted;
import io.freshet.gateway.streaming.StreamedBody;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** What the dashboard's page asks for besides what the API has. */
@Path("/dashboard")
@Tag(name = "dashboard")
public class DashboardResource {
    private static final String RUN = "run:";
    private static final int ROWS = 50;

    private final Feeds feeds;
    private final ItemQueries items;
    private final JobPages pages;
    private final Callers callers;

    DashboardResource(Feeds feeds, ItemQueries items, JobPages pages, Callers callers) {
        this.callers = callers;
        this.feeds = feeds;
        this.items = items;
        this.pages = pages;
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Look at all runs, or at one",
            description = "Server-sent events: all that there is, then what changes; a comment every five seconds. With"
                    + " Last-Event-ID a stream goes on where it was, which its first event says")
    @APIResponse(
            responseCode = "200",
            description = "What there is to see, and what changes",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING),
                            example = "event:hello\ndata:{\"resumed\":false,…}\n\n"))
    @Problems(ProblemType.JOB_NOT_FOUND)
    public Uni<Response> watchDashboard(
            @RestQuery
                    @Parameter(
                            description = "overview, cluster, or run: with the id of a job or of an orchestration",
                            schema = @Schema(type = SchemaType.STRING, defaultValue = "overview"))
                    @Nullable
                    String view,
            @RestHeader("Last-Event-ID") @Parameter(description = "The last event that was seen") @Nullable
                    String seen) {
        Caller caller = callers.current();
        BooleanSupplier standing = callers.standing();
        return feed(view, caller)
                .flatMap(feed -> feed.follow(seen, caller))
                .map(events -> stream(events.select().first(event -> standing.getAsBoolean())));
    }

    private Uni<Feed<?>> feed(@Nullable String view, Caller caller) {
        if (view == null || view.equals("overview") || view.equals("cluster")) {
            return Uni.createFrom().item(feeds.overview(caller.onlyOwnerSeen()));
        }
        if (view.startsWith(RUN)) {
            return feeds.ofRun(view.substring(RUN.length()), caller.onlyOwnerSeen());
        }
        throw new ProblemException(
                ProblemType.BAD_PARAMETER,
                "view must be overview, cluster, or run: with an id, not " + Quoted.of(view));
    }

    private static Response stream(Multi<String> events) {
        Multi<ByteBuffer> bytes = events.map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return Response.ok(new StreamedBody(OptionalLong.empty(), bytes), MediaType.SERVER_SENT_EVENTS_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Path("/runs")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "List jobs as the page shows them", description = "Newest first, however old they are")
    @APIResponse(
            responseCode = "200",
            description = "A page of jobs, and what to ask for the next",
            content = @Content(schema = @Schema(implementation = RowPage.class)))
    @Problems({})
    public Uni<RowPage> listRows(
            @RestQuery @Parameter(description = "next of the page before; nothing else is taken") @Nullable
                    String page) {
        return pages.runs(new Wish(ROWS, null, page, callers.current()))
                .map(found -> new RowPage(found.runs().stream().map(RunRow::of).toList(), found.next()));
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Path("/runs/{id}/items/{item}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Look at an item of a run")
    @APIResponse(
            responseCode = "200",
            description = "The item",
            content = @Content(schema = @Schema(implementation = ItemDocument.class)))
    @Problems({ProblemType.JOB_NOT_FOUND, ProblemType.NOT_FOUND})
    public Uni<ItemDocument> getItem(
            @RestPath String id, @RestPath @Parameter(description = "Counted from 0") String item) {
        return items.item(id, item, callers.current().onlyOwnerSeen());
    }
}

package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.RunRow;
import io.freshet.gateway.access.Caller;
import io.freshet.gateway.access.Callers;
import io.freshet.gateway.access.Roles;
import io.freshet.gateway.dashboard.ItemQueries.ItemDocument;
import io.freshet.gateway.jobs.JobPages;
import io.freshet.gateway.jobs.JobPages.PageRequest;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Problems;
import io.freshet.gateway.problem.Quoted;
import io.freshet.gateway.streaming.StreamedBody;
import io.quarkus.runtime.annotations.RegisterForReflection;
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

import java.util.List;
import java.util.function.BooleanSupplier;

/** What the dashboard's page needs beyond the API. */
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
            summary = "Watch all runs, or one",
            description =
                    "Server-sent events: everything there is, then what changes; a comment every five seconds. With"
                            + " Last-Event-ID the stream resumes where it was, if it can; its first event says whether it does")
    @APIResponse(
            responseCode = "200",
            description = "What there is, and what changes",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING),
                            example = "event:hello\ndata:{\"resumed\":false,…}\n\n"))
    @Problems(ProblemType.JOB_NOT_FOUND)
    public Uni<Response> watchDashboard(
            @RestQuery
                    @Parameter(
                            description =
                                    "overview, cluster, or run: followed by the id of a job or of an orchestration",
                            schema = @Schema(type = SchemaType.STRING, defaultValue = "overview"))
                    @Nullable
                    String view,
            @RestHeader("Last-Event-ID") @Parameter(description = "Id of the last event that was received") @Nullable
                    String seen) {
        Caller caller = callers.current();
        BooleanSupplier standing = callers.standing();
        return feed(view, caller)
                .flatMap(feed -> feed.follow(seen, caller))
                .map(events -> stream(events.select().first(event -> standing.getAsBoolean())));
    }

    /** @param next where the next page begins; absent on the last */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RowPage(
            @Schema(implementation = Object[].class) List<ObjectNode> rows,
            @Nullable String next) {}

    private Uni<Feed<?>> feed(@Nullable String view, Caller caller) {
        if (view == null || view.equals("overview") || view.equals("cluster")) {
            return Uni.createFrom().item(feeds.overview(caller.onlyOwnerSeen()));
        }
        if (view.startsWith(RUN)) {
            return feeds.ofRun(view.substring(RUN.length()), caller.onlyOwnerSeen());
        }
        throw ProblemException.badParameter(
                "view", "must be overview, cluster, or run: followed by an id, not " + Quoted.of(view));
    }

    private static Response stream(Multi<String> events) {
        return Response.ok(StreamedBody.ofEvents(events), MediaType.SERVER_SENT_EVENTS_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Path("/runs")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "List jobs as the dashboard shows them", description = "Newest first, however old they are")
    @APIResponse(
            responseCode = "200",
            description = "A page of jobs, and where the next begins",
            content = @Content(schema = @Schema(implementation = RowPage.class)))
    @Problems({})
    public Uni<RowPage> listRows(
            @RestQuery @Parameter(description = "next of the previous page; no other value is accepted") @Nullable
                    String page) {
        return pages.runs(new PageRequest(ROWS, null, page, callers.current()))
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

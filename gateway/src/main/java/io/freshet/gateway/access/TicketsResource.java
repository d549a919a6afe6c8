package io.freshet.gateway.access;

import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.Problems;
import io.freshet.gateway.problem.Quoted;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.regex.Pattern;

/** Issues tickets. */
@Path("/tickets")
@Tag(name = "results")
public class TicketsResource {
    /** In the query of a download. */
    public static final String PARAMETER = "ticket";

    public static final String DESCRIPTION = "Instead of a credential; from POST /tickets";

    private static final Pattern DOWNLOAD = Pattern.compile("/jobs/[0-9-]{1,40}/(results|errors)");

    private final Tickets tickets;
    private final Callers callers;

    TicketsResource(Tickets tickets, Callers callers) {
        this.tickets = tickets;
        this.callers = callers;
    }

    /** Lets one download in. */
    @RegisterForReflection
    record Ticket(String ticket) {}

    static boolean isDownload(String path) {
        return DOWNLOAD.matcher(path).matches();
    }

    @POST
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Get a ticket for a download",
            description =
                    "For links, which cannot send a header: as 'ticket' in the query it replaces the credential of"
                            + " this request, for this path only and for 60 seconds")
    @APIResponse(
            responseCode = "200",
            description = "The ticket",
            content = @Content(schema = @Schema(implementation = Ticket.class)))
    @Problems({})
    public Uni<Ticket> issueTicket(
            @RestQuery
                    @Parameter(
                            required = true,
                            description = "What is to be downloaded: /jobs/{id}/results or /jobs/{id}/errors",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            pattern = "^/jobs/[0-9-]{1,40}/(results|errors)$"))
                    @Nullable
                    String path) {
        if (path == null || !isDownload(path)) {
            throw ProblemException.badParameter(
                    "path",
                    "must be /jobs/{id}/results or /jobs/{id}/errors"
                            + (path == null ? "" : ", not " + Quoted.of(path)));
        }
        Caller caller = callers.current();
        Tickets.Holder holder = new Tickets.Holder(Objects.requireNonNullElse(caller.name(), ""), caller.isAdmin());
        return tickets.issue(path, holder).map(Ticket::new);
    }
}

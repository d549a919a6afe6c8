package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.access.Callers;
import io.freshet.gateway.access.Roles;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many instances at once: list and purge. */
@Path(DurableRoute.BASE + "/instances")
@Tag(name = StarterResource.TAG)
public class InstanceListResource {
    private static final String STATUS = "runtimeStatus";
    private static final String STATUSES = "Names, separated by commas; case is ignored";
    private static final String PREFIX = "instanceIdPrefix";
    private static final String BEGINNING = "What the ids start with";
    private static final String FROM = "createdTimeFrom";
    private static final String TO = "createdTimeTo";
    private static final String WHEN = "Time of their start, such as 2026-01-31T10:00:00Z";

    private final StatusAnswers status;
    private final Purges purges;
    private final Callers callers;

    InstanceListResource(StatusAnswers status, Purges purges, Callers callers) {
        this.callers = callers;
        this.status = status;
        this.purges = purges;
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Operation(
            summary = "List instances by id",
            description = "The header x-ms-continuation-token leads to the next page")
    @Parameter(name = STATUS, in = ParameterIn.QUERY, description = STATUSES)
    @Parameter(name = PREFIX, in = ParameterIn.QUERY, description = BEGINNING)
    @Parameter(name = FROM, in = ParameterIn.QUERY, description = WHEN)
    @Parameter(name = TO, in = ParameterIn.QUERY, description = WHEN)
    @Parameter(name = "top", in = ParameterIn.QUERY, description = "Instances of a page; 100 if omitted")
    @Parameter(name = "showInput", in = ParameterIn.QUERY, description = "false: without inputs")
    @Parameter(name = "showHistory", in = ParameterIn.QUERY, description = "true: with their histories")
    @Parameter(
            name = StatusAnswers.TOKEN,
            in = ParameterIn.HEADER,
            description = "Where the page begins: this header of the previous page")
    public Uni<Response> listInstances(@Context HttpServerRequest request) {
        Caller caller = callers.current();
        return DurableAnswers.of(() -> status.list(request, caller));
    }

    @DELETE
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Operation(
            summary = "Purge finished instances",
            description = "As many as time allows; if sent again, it continues with the rest")
    @Parameter(name = FROM, in = ParameterIn.QUERY, required = true, description = WHEN)
    @Parameter(name = TO, in = ParameterIn.QUERY, description = WHEN)
    @Parameter(name = STATUS, in = ParameterIn.QUERY, description = STATUSES)
    @Parameter(name = PREFIX, in = ParameterIn.QUERY, description = BEGINNING)
    public Uni<Response> purgeInstances(@Context HttpServerRequest request) {
        Caller caller = callers.current();
        return DurableAnswers.of(() -> purges.byFilter(request, caller));
    }
}

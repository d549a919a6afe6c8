package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.access.Callers;
import io.freshet.gateway.access.Roles;
import io.freshet.gateway.orchestrations.InstanceCommands.Order;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.function.Function;

/** One instance: its status, and commands. */
@Path(DurableRoute.BASE + "/instances/{instanceId}")
@Consumes(MediaType.WILDCARD)
@Tag(name = StarterResource.TAG)
public class InstancesResource {
    private static final String REASON = "reason";
    private static final String WHY = "Kept in the history";

    private final StatusAnswers status;
    private final InstanceCommands commands;
    private final StartRequests starts;
    private final Purges purges;
    private final EventRequests events;
    private final Callers callers;

    InstancesResource(
            StatusAnswers status,
            InstanceCommands commands,
            StartRequests starts,
            Purges purges,
            EventRequests events,
            Callers callers) {
        this.callers = callers;
        this.status = status;
        this.commands = commands;
        this.starts = starts;
        this.purges = purges;
        this.events = events;
    }

    @GET
    @RolesAllowed({Roles.READ, Roles.ADMIN})
    @Operation(summary = "Look at an instance", description = "202 until it has ended, then 200")
    @Parameter(name = "showInput", in = ParameterIn.QUERY, description = "false: without its input")
    @Parameter(name = "showHistory", in = ParameterIn.QUERY, description = "true: with its history")
    @Parameter(
            name = "showHistoryOutput",
            in = ParameterIn.QUERY,
            description = "true: with results in the history, too")
    @Parameter(
            name = "returnInternalServerErrorOnFailure",
            in = ParameterIn.QUERY,
            description = "true: 500 if it has failed")
    public Uni<Response> getInstance(@RestPath String instanceId, @Context HttpServerRequest request) {
        Caller caller = callers.current();
        return DurableAnswers.of(() -> status.one(instanceId, request, caller));
    }

    @DELETE
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Operation(summary = "Purge a finished instance", description = "It is gone at once; what it left behind follows")
    public Uni<Response> purgeInstance(@RestPath String instanceId) {
        Caller caller = callers.current();
        return DurableAnswers.of(() -> purges.one(instanceId, caller));
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/raiseEvent/{eventName}")
    @Operation(
            summary = "Raise an event",
            description =
                    "The body is its payload, JSON. It is kept until the instance waits for an event of this name")
    public Uni<Response> raiseEvent(
            @RestPath String instanceId, @RestPath String eventName, @Context HttpServerRequest request) {
        Caller caller = callers.current();
        return DurableAnswers.of(() -> events.raise(instanceId, eventName, request, caller));
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/terminate")
    @Operation(summary = "Terminate an instance")
    @Parameter(name = REASON, in = ParameterIn.QUERY, description = WHY)
    public Uni<Response> terminateInstance(@RestPath String instanceId, @Context HttpServerRequest request) {
        return command(instanceId, request, commands::terminate);
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/suspend")
    @Operation(summary = "Suspend an instance", description = "Suspending one that is suspended changes nothing")
    @Parameter(name = REASON, in = ParameterIn.QUERY, description = WHY)
    public Uni<Response> suspendInstance(@RestPath String instanceId, @Context HttpServerRequest request) {
        return command(instanceId, request, commands::suspend);
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/resume")
    @Operation(summary = "Resume an instance", description = "Resuming one that is not suspended changes nothing")
    @Parameter(name = REASON, in = ParameterIn.QUERY, description = WHY)
    public Uni<Response> resumeInstance(@RestPath String instanceId, @Context HttpServerRequest request) {
        return command(instanceId, request, commands::resume);
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/rewind")
    @Operation(summary = "Run again what failed", description = "Of a failed instance, and nothing else")
    @Parameter(name = REASON, in = ParameterIn.QUERY, description = WHY)
    public Uni<Response> rewindInstance(@RestPath String instanceId, @Context HttpServerRequest request) {
        return command(instanceId, request, commands::rewind);
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/restart")
    @Operation(summary = "Start once more with the same input")
    @Parameter(
            name = "restartWithNewInstanceId",
            in = ParameterIn.QUERY,
            description = "false: under the same id; the instance must have finished")
    public Uni<Response> restartInstance(@RestPath String instanceId, @Context HttpServerRequest request) {
        Caller caller = callers.current();
        return DurableAnswers.of(() -> starts.restart(instanceId, request, caller));
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/restartWithOptions")
    @Operation(summary = "Start once more with the same input, under another id")
    @Parameter(name = "newInstanceId", in = ParameterIn.QUERY, description = "The id")
    public Uni<Response> restartInstanceAs(@RestPath String instanceId, @Context HttpServerRequest request) {
        Caller caller = callers.current();
        return DurableAnswers.of(() -> starts.restartAs(instanceId, request, caller));
    }

    private Uni<Response> command(String id, HttpServerRequest request, Function<Order, Uni<Void>> command) {
        Order order = new Order(id, new Query(request.query()).text(REASON).orElse(null), callers.current());
        return DurableAnswers.of(() -> command.apply(order).replaceWith(() -> DurableAnswers.empty(202)));
    }
}

package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.access.Callers;
import io.freshet.gateway.access.Roles;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import org.jspecify.annotations.Nullable;

/** Starts instances, as the webhook of Durable Functions does. */
@Path(DurableRoute.BASE + "/orchestrators/{name}")
@Consumes(MediaType.WILDCARD)
@Tag(name = StarterResource.TAG)
public class OrchestratorsResource {
    private final StartRequests starts;
    private final Callers callers;

    OrchestratorsResource(StartRequests starts, Callers callers) {
        this.callers = callers;
        this.starts = starts;
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Operation(summary = "Start an orchestration", description = StarterResource.DESCRIPTION)
    @Parameter(
            name = "timeout",
            in = ParameterIn.QUERY,
            description = "Seconds to wait for the end; needs pollingInterval")
    @Parameter(name = "pollingInterval", in = ParameterIn.QUERY, description = "Seconds between checks while waiting")
    @Parameter(name = "version", in = ParameterIn.QUERY, description = "Kept, and shown in the status")
    public Uni<Response> startOrchestration(@RestPath String name, @Context HttpServerRequest request) {
        return answer(name, null, request);
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/{instanceId}")
    @Operation(summary = "Start an orchestration under an id", description = StarterResource.DESCRIPTION)
    @Parameter(
            name = "timeout",
            in = ParameterIn.QUERY,
            description = "Seconds to wait for the end; needs pollingInterval")
    @Parameter(name = "pollingInterval", in = ParameterIn.QUERY, description = "Seconds between checks while waiting")
    @Parameter(name = "version", in = ParameterIn.QUERY, description = "Kept, and shown in the status")
    public Uni<Response> startOrchestrationAs(
            @RestPath String name, @RestPath String instanceId, @Context HttpServerRequest request) {
        return answer(name, instanceId, request);
    }

    private Uni<Response> answer(String name, @Nullable String id, HttpServerRequest request) {
        Caller caller = callers.current();
        return DurableAnswers.of(() -> starts.start(name, id, request, caller));
    }
}

package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.access.Callers;
import io.freshet.gateway.access.Roles;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import org.jspecify.annotations.Nullable;

/** Starts instances with one line of curl, as the starter of the original demo does. */
@Path(DurableRoute.STARTER + "/{name}")
@Consumes(MediaType.WILDCARD)
@Tag(name = StarterResource.TAG, description = "Start orchestrations, look at them, and command them")
public class StarterResource {
    static final String TAG = "orchestrations";
    static final String DESCRIPTION = "The body is the input, JSON: a count of inputs to generate, {\"inputCount\":n},"
            + " {\"inputs\":[…]}, or {\"inputPrefix\":\"container/path/\"}. An id that an unfinished instance has is"
            + " refused; a finished one is replaced.";
    private static final String COUNT = "Number of inputs to generate";

    private final StartRequests starts;
    private final Callers callers;

    StarterResource(StartRequests starts, Callers callers) {
        this.callers = callers;
        this.starts = starts;
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Operation(summary = "Start an orchestration", description = DESCRIPTION)
    @Parameter(name = "inputCount", in = ParameterIn.QUERY, description = COUNT)
    public Uni<Response> startFunction(@RestPath String name, @Context HttpServerRequest request) {
        return answer(name, null, request);
    }

    @GET
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Operation(summary = "Start an orchestration from a browser", description = DESCRIPTION)
    @Parameter(name = "inputCount", in = ParameterIn.QUERY, description = COUNT)
    public Uni<Response> startFunctionByGet(@RestPath String name, @Context HttpServerRequest request) {
        return answer(name, null, request);
    }

    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/{instanceId}")
    @Operation(summary = "Start an orchestration under an id", description = DESCRIPTION)
    @Parameter(name = "inputCount", in = ParameterIn.QUERY, description = COUNT)
    public Uni<Response> startFunctionAs(
            @RestPath String name, @RestPath String instanceId, @Context HttpServerRequest request) {
        return answer(name, instanceId, request);
    }

    @GET
    @RolesAllowed({Roles.SUBMIT, Roles.ADMIN})
    @Path("/{instanceId}")
    @Operation(summary = "Start an orchestration under an id from a browser", description = DESCRIPTION)
    @Parameter(name = "inputCount", in = ParameterIn.QUERY, description = COUNT)
    public Uni<Response> startFunctionAsByGet(
            @RestPath String name, @RestPath String instanceId, @Context HttpServerRequest request) {
        return answer(name, instanceId, request);
    }

    private Uni<Response> answer(String name, @Nullable String id, HttpServerRequest request) {
        Caller caller = callers.current();
        return DurableAnswers.of(() -> starts.startCounted(name, id, request, caller));
    }
}

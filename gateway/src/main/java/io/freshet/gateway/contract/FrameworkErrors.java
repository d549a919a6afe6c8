package io.freshet.gateway.contract;

import io.freshet.gateway.contract.Operations.Operation;
import io.freshet.gateway.problem.Problem;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Quoted;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Answers what the framework refuses by itself: says what was sent, and what would be accepted. */
final class FrameworkErrors {
    private final Operations operations;

    FrameworkErrors(Operations operations) {
        this.operations = operations;
    }

    /** The framework's own texts are for those who write the service. */
    @ServerExceptionMapper
    Response refused(WebApplicationException e, ContainerRequestContext request) {
        int status = e.getResponse().getStatus();
        if (status == Response.Status.NOT_FOUND.getStatusCode()) {
            return new ProblemException(ProblemType.NOT_FOUND, nothingAt(request)).response();
        }
        String reason = e.getResponse().getStatusInfo().getReasonPhrase();
        return Response.fromResponse(e.getResponse())
                .entity(new Problem(ProblemType.REFUSED.urn(), reason, status, text(status, request)))
                .type(Problem.MEDIA_TYPE)
                .build();
    }

    private static String nothingAt(ContainerRequestContext request) {
        return "There is nothing at " + Quoted.of(request.getUriInfo().getPath()) + ": see /q/openapi";
    }

    private String text(int status, ContainerRequestContext request) {
        return switch (status) {
            case 406 -> accept(request);
            case 415 ->
                "Content-Type " + header(request, HttpHeaders.CONTENT_TYPE) + " is not a media type: leave it"
                        + " out, or send application/x-ndjson";
            default -> "The request cannot be understood: is its address encoded as RFC 3986 requires?";
        };
    }

    private String accept(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        List<Operation> asked = operations.at(path).stream()
                .filter(operation -> operation.method().equals(request.getMethod())
                        || (operation.method().equals("GET")
                                && request.getMethod().equals("HEAD")))
                .toList();
        String types = asked.stream().flatMap(o -> o.types().stream()).collect(Collectors.joining(", "));
        return request.getMethod() + " " + path + " answers with " + types + ", which Accept "
                + header(request, HttpHeaders.ACCEPT) + " does not allow";
    }

    private static String header(ContainerRequestContext request, String name) {
        return Quoted.of(Objects.requireNonNullElse(request.getHeaderString(name), ""));
    }
}

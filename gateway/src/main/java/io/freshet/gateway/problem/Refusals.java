package io.freshet.gateway.problem;

import io.freshet.gateway.contract.Operation;
import io.freshet.gateway.contract.Operations;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the framework refuses before anything of ours is asked: what was sent, and what would be taken. */
@Singleton
final class Refusals {
    private final Operations operations;

    Refusals(Operations operations) {
        this.operations = operations;
    }

    String nothingAt(ContainerRequestContext request) {
        return "There is nothing at " + Quoted.of(request.getUriInfo().getPath()) + ": all there is begins with /jobs";
    }

    String text(int status, ContainerRequestContext request) {
        return switch (status) {
            case 406 -> accept(request);
            case 415 ->
                "Content-Type " + header(request, HttpHeaders.CONTENT_TYPE) + " is not a media type: leave it"
                        + " out, or send application/x-ndjson";
            default -> "The request cannot be understood: is its address encoded as RFC 3986 wants it?";
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

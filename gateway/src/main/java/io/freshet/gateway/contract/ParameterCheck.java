package io.freshet.gateway.contract;

import io.freshet.gateway.contract.Operations.Operation;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.Quoted;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

import java.util.List;
import java.util.Set;

import static io.freshet.gateway.problem.ProblemException.badParameter;

/**
 * Refuses parameters that an operation would silently ignore: those that it does not know, and those that are repeated or
 * empty. The OpenAPI document says which there are.
 */
final class ParameterCheck {
    /** Read by every operation. */
    private static final List<String> OF_EVERY_BODY = List.of("Content-Type", "Content-Encoding");

    /** RFC 9110 allows several lines of these. */
    private static final Set<String> LISTS = Set.of("If-Match", "If-None-Match", "Content-Encoding");

    private final Operations operations;

    ParameterCheck(Operations operations) {
        this.operations = operations;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request, SimpleResourceInfo resource) {
        operations.of(resource.getMethodName()).ifPresent(operation -> {
            request.getUriInfo().getQueryParameters().forEach((name, values) -> query(operation, name, values));
            operation.headers().forEach(name -> header(name, values(request, name)));
            OF_EVERY_BODY.forEach(name -> header(name, values(request, name)));
        });
    }

    private static void query(Operation operation, String name, List<String> values) {
        if (!operation.query().contains(name)) {
            throw unknown(operation, name);
        }
        if (values.size() > 1) {
            throw repeated(name, values.size());
        }
        if (values.getFirst().isEmpty()) {
            throw empty(name);
        }
    }

    private static void header(String name, List<String> values) {
        if (values.size() > 1 && !LISTS.contains(name)) {
            throw repeated(name, values.size());
        }
        if (values.stream().anyMatch(String::isBlank)) {
            throw empty(name);
        }
    }

    private static List<String> values(ContainerRequestContext request, String header) {
        List<String> values = request.getHeaders().get(header);
        return values == null ? List.of() : values;
    }

    private static ProblemException unknown(Operation operation, String name) {
        String known = operation.query().isEmpty() ? "no parameters" : String.join(", ", operation.query());
        return badParameter(Quoted.plain(name), "is not known: " + operation + " takes " + known);
    }

    private static ProblemException repeated(String name, int times) {
        return badParameter(name, "is given " + times + " times: give it once");
    }

    private static ProblemException empty(String name) {
        return badParameter(name, "is empty: give it a value, or leave it out");
    }
}

package io.freshet.gateway.http;

import io.freshet.gateway.contract.Operations;
import io.freshet.gateway.contract.Operations.Operation;
import io.freshet.gateway.problem.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static java.util.stream.Collectors.toCollection;

/** Refuses methods that a resource does not have, and answers requests that reach no resource. */
@Singleton
final class RouteRules {
    private static final Logger LOG = Logger.getLogger(RouteRules.class);
    private static final int BEFORE_ALL_ROUTES = 100;
    /** Quarkus' own failure handler is the last one. */
    private static final int BEFORE_THE_LAST = Integer.MAX_VALUE - 1;

    private static final String OPTIONS = "OPTIONS";
    private static final Pattern MATRIX_OR_LAST_SLASH = Pattern.compile(";[^/]*|(?<=.)/$");
    private static final int NO_CONTENT = 204;
    private static final int SERVER_ERROR = 500;

    private final Operations operations;

    RouteRules(Operations operations) {
        this.operations = operations;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::checkMethod, BEFORE_ALL_ROUTES);
    }

    void fail(@Observes Router router) {
        router.route().order(BEFORE_THE_LAST).failureHandler(this::refuse);
        for (int status : new int[] {400, 404, 405, 414}) {
            router.errorHandler(status, this::refuse);
        }
    }

    private void checkMethod(RoutingContext context) {
        String method = context.request().method().name();
        Set<String> methods = methods(context.normalizedPath());
        if (methods.isEmpty() || (methods.contains(method) && !method.equals(OPTIONS))) {
            context.next();
            return;
        }
        String allowed = String.join(", ", methods);
        HttpServerResponse response = context.response().putHeader(HttpHeaders.ALLOW, allowed);
        if (method.equals(OPTIONS)) {
            drain(context);
            response.setStatusCode(NO_CONTENT).end();
        } else {
            answer(
                    context,
                    new Refusal(405, "This resource does not take the method " + method + "; it has " + allowed));
        }
    }

    /**
     * The methods of the resource at a path, in order; none if there is no resource. Matrix parameters and a trailing slash
     * make no difference.
     */
    private Set<String> methods(String normalizedPath) {
        String path = MATRIX_OR_LAST_SLASH.matcher(normalizedPath).replaceAll("");
        Set<String> methods =
                operations.at(path).stream().map(Operation::method).collect(toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add(OPTIONS);
        }
        return methods;
    }

    private void refuse(RoutingContext context) {
        int status = context.statusCode();
        if (context.request().method().equals(HttpMethod.OPTIONS)
                && "*".equals(context.request().uri())) {
            context.response().setStatusCode(NO_CONTENT).end();
        } else if (context.response().headWritten() || status < 400 || context.failure() instanceof SecurityException) {
            context.next();
        } else if (status < SERVER_ERROR) {
            LOG.debugf(context.failure(), "Refused a request: %d", status);
            answer(context, new Refusal(status, detail(status)));
        } else {
            context.next();
        }
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 -> "The address cannot be read: make sure that what it encodes with % is UTF-8";
            case 404 -> "There is nothing here; see /q/openapi";
            default -> "The request cannot be served; see /q/openapi";
        };
    }

    private static void answer(RoutingContext context, Refusal refusal) {
        drain(context);
        context.response()
                .setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(refusal.body()));
    }

    /** A client that is still sending gets to read the answer. */
    private static void drain(RoutingContext context) {
        if (!context.request().isEnded()) {
            context.request().handler(ignored -> {}).exceptionHandler(t -> {}).resume();
        }
    }
}

package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.Denial;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Optional;

/**
 * Lets the original's clients in by their paths, which the framework would compare case-sensitively. Unknown methods and
 * paths are answered as the original does, never with 405, but only to known callers; denials have the original's form.
 */
@Singleton
final class DurableFilter implements Denial.Form {
    private static final int UNAUTHORIZED = 401;

    @ServerRequestFilter(preMatching = true)
    public Uni<@Nullable Response> route(ContainerRequestContext context, RoutingContext exchange) {
        String path = exchange.request().path();
        if (path == null || !DurableRoute.isOurs(path)) {
            return Uni.createFrom().nullItem();
        }
        return QuarkusHttpUser.getSecurityIdentity(exchange, null)
                .invoke(DurableFilter::refuseUnknown)
                .map(known -> route(context, path));
    }

    @Override
    public boolean isOf(String path) {
        return DurableRoute.isOurs(path);
    }

    /** The original answers 401 without a body; what it does not know has the form of its errors. */
    @Override
    public Response.ResponseBuilder answer(Denial denial) {
        return denial.status() == UNAUTHORIZED
                ? Response.status(UNAUTHORIZED)
                : DurableAnswers.json(denial.status(), DurableError.message(denial.detail()));
    }

    private static void refuseUnknown(SecurityIdentity caller) {
        if (caller.isAnonymous()) {
            throw new UnauthorizedException();
        }
    }

    private static @Nullable Response route(ContainerRequestContext context, String path) {
        if (DurableRoute.isMakePrimary(path)) {
            return Response.ok().build();
        }
        Optional<String> known = DurableRoute.canonical(context.getMethod(), path);
        if (known.isEmpty()) {
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        context.setRequestUri(canonical(context.getUriInfo().getBaseUri(), known.get()));
        return null;
    }

    /** The framework decodes the path that it is given here once more. The query is read from the request itself. */
    private static URI canonical(URI base, String path) {
        return UriBuilder.fromUri(base).replacePath(null).build().resolve(path.replace("%", "%25"));
    }
}

package io.freshet.gateway.orchestrations;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Lets the original's clients in: their key, and their paths, which the framework would compare with case. A method or a
 * path that there is not is answered as the original does, never with 405.
 */
@Singleton
final class DurableFilter {
    private static final String KEY_HEADER = "x-functions-key";

    private final Provider<OrchestrationsConfig> config;

    /** @param config is there only after this filter has been made */
    DurableFilter(Provider<OrchestrationsConfig> config) {
        this.config = config;
    }

    @ServerRequestFilter(preMatching = true)
    public @Nullable Response route(ContainerRequestContext context, HttpServerRequest request) {
        String path = request.path();
        if (path == null || !DurableRoute.isOurs(path)) {
            return null;
        }
        if (!isAllowed(request)) {
            return Response.status(Response.Status.UNAUTHORIZED).build();
        }
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

    /** The framework decodes a path that it is given here once more. The query is read from the request itself. */
    private static URI canonical(URI base, String path) {
        return UriBuilder.fromUri(base).replacePath(null).build().resolve(path.replace("%", "%25"));
    }

    private boolean isAllowed(HttpServerRequest request) {
        return config.get().key().map(key -> isKey(key, request)).orElse(true);
    }

    private static boolean isKey(String key, HttpServerRequest request) {
        String header = request.getHeader(KEY_HEADER);
        String given = header != null
                ? header
                : new Query(request.query()).text("code").orElse("");
        return MessageDigest.isEqual(bytes(key), bytes(given));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.freshet.gateway.dashboard;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Serves the page, which contains no data and loads nothing from other origins. */
@Singleton
final class PageRoutes {
    private static final int BEFORE_RESOURCES = 1;
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";
    private static final String ALWAYS_ASK = "no-cache";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final int NOT_MODIFIED = 304;

    private final Assets assets = new Assets();

    void route(@Observes Router router) {
        router.route("/").order(BEFORE_RESOURCES).handler(context -> serve(context, Assets.PAGE, ALWAYS_ASK));
        router.route("/assets/:name")
                .order(BEFORE_RESOURCES)
                .handler(context -> serve(context, context.pathParam("name"), FOR_EVER));
    }

    private void serve(RoutingContext context, String name, String caching) {
        HttpMethod method = context.request().method();
        Optional<Assets.Asset> asset = assets.find(name);
        if (asset.isEmpty()) {
            context.fail(404);
        } else if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            context.fail(405);
        } else {
            answer(context, asset.get(), caching);
        }
    }

    private static void answer(RoutingContext context, Assets.Asset asset, String caching) {
        boolean packed = takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        byte[] bytes = packed ? asset.packed() : asset.bytes();
        String etag = "\"" + Integer.toHexString(Arrays.hashCode(bytes)) + "-" + bytes.length + "\"";
        HttpServerResponse response = context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.VARY, "Accept-Encoding")
                .putHeader(HttpHeaders.CACHE_CONTROL, caching)
                .putHeader(HttpHeaders.ETAG, etag);
        if (etag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, asset.type());
        if (packed) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length))
                    .end();
        } else {
            response.end(Buffer.buffer(bytes));
        }
    }

    private static boolean takesGzip(String accepted) {
        return accepted != null
                && accepted.matches("(?i)(.*,\\s*)?gzip\\s*(;\\s*q=(1(\\.0*)?|0\\.0*[1-9]\\d*))?\\s*(,.*)?");
    }

    /** The files of the page, as the build made and listed them. */
    private static final class Assets {
        static final String PAGE = "index.html";
        private static final String FOLDER = "/dashboard/";
        private static final Map<String, String> TYPES = Map.of(
                "html", "text/html; charset=utf-8",
                "js", "text/javascript; charset=utf-8",
                "css", "text/css; charset=utf-8",
                "svg", "image/svg+xml");

        private final Map<String, Asset> assets;

        Assets() {
            List<String> names = new String(read("assets.txt"), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            this.assets = names.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Assets::asset));
        }

        /** @param packed the same bytes as gzip */
        record Asset(String type, byte[] bytes, byte[] packed) {}

        Optional<Asset> find(String name) {
            return Optional.ofNullable(assets.get(name));
        }

        private static Asset asset(String name) {
            String ending = name.substring(name.lastIndexOf('.') + 1);
            return new Asset(Objects.requireNonNull(TYPES.get(ending), name), read(name), read(name + ".gz"));
        }

        private static byte[] read(String name) {
            try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
                return Objects.requireNonNull(in, "The build has left out " + name)
                        .readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("The build's " + name + " cannot be read", e);
            }
        }
    }
}

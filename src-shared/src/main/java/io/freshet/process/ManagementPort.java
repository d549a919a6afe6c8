package io.freshet.process;

import io.freshet.settings.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.util.OptionalInt;

/**
 * Serves health and metrics on a separate port if one is configured; the API's port then serves the API alone. Quarkus'
 * own management interface is fixed at build time and cannot be left out on a laptop.
 */
@Singleton
final class ManagementPort {
    private static final int BEFORE_ALL_FILTERS = 1_000;
    private static final int AFTER_THE_SETTINGS = 2;
    private static final int NOT_FOUND = 404;
    private static final String MANAGEMENT = "/q/";
    private static final String API = "/q/openapi";

    private final Vertx vertx;
    private final OptionalInt port;
    private final String host;
    private @Nullable Router router;

    ManagementPort(Vertx vertx, ManagementConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.vertx = vertx;
        this.port = config.port();
        this.host = host;
    }

    void separate(@Observes Filters filters) {
        port.ifPresent(p -> filters.register(context -> pass(context, p), BEFORE_ALL_FILTERS));
    }

    void know(@Observes Router router) {
        this.router = router;
    }

    void open(@Observes @Priority(AFTER_THE_SETTINGS) StartupEvent event) {
        if (port.isPresent() && router != null) {
            listen(router, port.getAsInt());
        }
    }

    private void listen(Router router, int port) {
        boolean listens = vertx.createHttpServer(
                        new HttpServerOptions().setHost(host).setPort(port))
                .requestHandler(router)
                .listen()
                .toCompletionStage()
                .handle((server, failure) -> failure == null)
                .toCompletableFuture()
                .join();
        if (!listens) {
            throw new WrongSettings("Cannot listen on MANAGEMENTPORT " + port + ": choose a free port");
        }
    }

    private static void pass(RoutingContext context, int port) {
        String path = context.normalizedPath();
        boolean isManagement = path.startsWith(MANAGEMENT) && !path.startsWith(API);
        boolean isHere = context.request().localAddress().port() == port;
        if (isManagement == isHere) {
            context.next();
        } else {
            context.fail(NOT_FOUND);
        }
    }
}

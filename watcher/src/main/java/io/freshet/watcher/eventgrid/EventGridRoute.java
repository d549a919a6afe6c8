package io.freshet.watcher.eventgrid;

import io.freshet.event.EventFormat;
import io.freshet.event.EventFormat.Events;
import io.freshet.failure.Permanent;
import io.freshet.watcher.progress.StorageEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Event Grid's webhook, for both schemas. An event is accepted once everything it reports is written; until then it is
 * redelivered. Only what no retry could fix is rejected for good.
 */
@Singleton
final class EventGridRoute {
    static final String PATH = "/eventgrid";
    static final String METHODS = "OPTIONS, POST";

    private static final Logger LOG = Logger.getLogger(EventGridRoute.class);
    /** Event Grid waits for 30 seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final WebhookSecret secret;
    private final Bodies bodies;
    private final EventFormat format;
    private final Function<Events, Uni<Void>> events;
    private final MeterRegistry metrics;
    private final Duration patience;

    /** @param events resolved later: routes are created before the channels they need */
    @Inject
    EventGridRoute(
            WebhookSecret secret,
            Bodies bodies,
            EventFormat format,
            Provider<StorageEvents> events,
            MeterRegistry metrics) {
        this(secret, bodies, format, read -> events.get().accept(read), metrics, PATIENCE);
    }

    EventGridRoute(
            WebhookSecret secret,
            Bodies bodies,
            EventFormat format,
            Function<Events, Uni<Void>> events,
            MeterRegistry metrics,
            Duration patience) {
        this.secret = secret;
        this.bodies = bodies;
        this.format = format;
        this.events = events;
        this.metrics = metrics;
        this.patience = patience;
    }

    void register(@Observes Router router) {
        router.route(PATH).handler(this::handle);
    }

    private void handle(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Context context = Vertx.currentContext();
        reply(request)
                .ifNoItem()
                .after(patience)
                .recoverWithItem(() -> Reply.later("Handling the events takes too long at the moment"))
                .onFailure()
                .recoverWithItem(EventGridRoute::failed)
                .emitOn(task -> context.runOnContext(ignored -> task.run()))
                .subscribe()
                .with(reply -> answer(request, reply));
    }

    private void answer(HttpServerRequest request, Reply reply) {
        metrics.counter("freshet.eventgrid.requests", "status", Integer.toString(reply.status()))
                .increment();
        reply.send(request.response());
    }

    private static Reply failed(Throwable failure) {
        LOG.debugf("Asked for redelivery of events: %s", failure.getMessage());
        return Reply.later("The events could not be handled at the moment");
    }

    private Uni<Reply> reply(HttpServerRequest request) {
        if (!secret.isSet()) {
            return Uni.createFrom().item(Reply.off());
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return Uni.createFrom().item(secret.letsIn(request) ? consent(request) : Reply.unauthorized());
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return Uni.createFrom().item(Reply.methodNotAllowed());
        }
        boolean isHandshake = "SubscriptionValidation".equalsIgnoreCase(request.getHeader("aeg-event-type"));
        if (!secret.letsIn(request)) {
            return Uni.createFrom().item(isHandshake ? Reply.unauthorized() : Reply.laterWithSecret());
        }
        return bodies.use(request, isHandshake ? this::validated : this::received);
    }

    /** The handshake of CloudEvents. Without an origin it is an ordinary OPTIONS request. */
    private static Reply consent(HttpServerRequest request) {
        String origin = request.getHeader("WebHook-Request-Origin");
        String rate = request.getHeader("WebHook-Request-Rate");
        boolean isRate = rate != null && rate.matches("[1-9]\\d{0,8}");
        return origin == null ? Reply.methods() : Reply.consent(origin, isRate ? rate : "*");
    }

    /**
     * The handshake of Event Grid's own schema. Its alternative, a GET of a URL in the event, could be abused to make
     * us call any URL.
     */
    private Uni<Reply> validated(String body) {
        return Uni.createFrom()
                .item(() -> format.validationCode(body)
                        .map(Reply::validation)
                        .orElseGet(() -> Reply.bad("The handshake has no data.validationCode")))
                .onFailure(Permanent.class)
                .recoverWithItem(t -> Reply.bad(String.valueOf(t.getMessage())));
    }

    private Uni<Reply> received(String body) {
        Events read;
        try {
            Optional<String> code = format.validationCode(body);
            if (code.isPresent()) {
                return Uni.createFrom().item(Reply.validation(code.get()));
            }
            read = format.read(body);
        } catch (Permanent e) {
            return Uni.createFrom().item(Reply.bad(String.valueOf(e.getMessage())));
        }
        return events.apply(read).replaceWith(Reply.RECEIVED);
    }
}

package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.gateway.access.Caller;
import io.freshet.instance.Instance.Request;
import io.freshet.instance.InstanceId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

/** Reads what a request wants to start, and starts it. Call on the request's event loop. */
@Singleton
final class StartRequests {
    private static final String INPUT_COUNT = "inputCount";
    private static final String VERSION = "version";

    private final InstanceStarts starts;
    private final Completion completion;
    private final Links links;
    private final InputLines lines;

    StartRequests(InstanceStarts starts, Completion completion, Links links, InputLines lines) {
        this.starts = starts;
        this.completion = completion;
        this.links = links;
        this.lines = lines;
    }

    /**
     * As the original does: the body is the input; or, going beyond it, inputs one per line.
     *
     * @param id chosen by the client; if absent, one is generated
     */
    Uni<Response> start(String name, @Nullable String id, HttpServerRequest request, Caller caller) {
        Query query = new Query(request.query());
        if (InputLines.areIn(request)) {
            return startedWithLines(new Wish(name, id, null, caller), query, request);
        }
        return RequestText.of(request)
                .map(body -> input(body, request))
                .flatMap(input -> started(new Wish(name, id, input, caller), query, request));
    }

    /** As the starter of the original demo does: a count in the query, or else a body. */
    Uni<Response> startCounted(String name, @Nullable String id, HttpServerRequest request, Caller caller) {
        Query query = new Query(request.query());
        Optional<String> count = query.value(INPUT_COUNT);
        if (count.isEmpty() && InputLines.areIn(request)) {
            return startedWithLines(new Wish(name, id, null, caller), query, request);
        }
        return RequestText.of(request)
                .map(body -> count.isPresent() ? count(count.get()) : body.isBlank() ? null : input(body, request))
                .flatMap(input -> started(new Wish(name, id, input, caller), query, request));
    }

    Uni<Response> restart(String id, HttpServerRequest request, Caller caller) {
        Query query = new Query(request.query());
        boolean anew = query.flag("restartWithNewInstanceId", true);
        Completion.Wanted wanted = wanted(query, request);
        return starts.restart(id, anew ? InstanceId.random() : InstanceStarts.id(id), caller)
                .flatMap(started -> completion.of(started, wanted));
    }

    Uni<Response> restartAs(String id, HttpServerRequest request, Caller caller) {
        Query query = new Query(request.query());
        String newId = query.value("newInstanceId")
                .orElseThrow(() -> DurableError.bad("A new orchestration instance ID must be provided."));
        Completion.Wanted wanted = wanted(query, request);
        return starts.restart(id, InstanceStarts.id(newId), caller).flatMap(started -> completion.of(started, wanted));
    }

    private record Wish(
            String name, @Nullable String id, @Nullable String input, Caller caller) {}

    private Uni<Response> started(Wish wish, Query query, HttpServerRequest request) {
        InstanceId id = id(wish);
        Completion.Wanted wanted = wanted(query, request);
        Request what = new Request(
                wish.name(),
                query.value(VERSION).orElse(null),
                wish.input(),
                null,
                wish.caller().name());
        return starts.start(id, what, token(), wish.caller()).flatMap(started -> completion.of(started, wanted));
    }

    private Uni<Response> startedWithLines(Wish wish, Query query, HttpServerRequest request) {
        InstanceId id = id(wish);
        Completion.Wanted wanted = wanted(query, request);
        String token = token();
        return lines.store(id, token, request)
                .flatMap(stored -> starts.start(
                                id,
                                new Request(
                                        wish.name(),
                                        query.value(VERSION).orElse(null),
                                        null,
                                        stored,
                                        wish.caller().name()),
                                token,
                                wish.caller())
                        .onFailure(DurableError.class) // after any other failure, it may have been started
                        .call(() -> lines.discard(stored)))
                .flatMap(started -> completion.of(started, wanted));
    }

    private InstanceId id(Wish wish) {
        starts.known(wish.name());
        return wish.id() == null ? InstanceId.random() : InstanceStarts.id(wish.id());
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }

    private Completion.Wanted wanted(Query query, HttpServerRequest request) {
        return new Completion.Wanted(
                Completion.Wait.of(query),
                links.origin(request),
                query.flag("returnInternalServerErrorOnFailure", false));
    }

    /** JSON text; {@code ""} if a body was announced but is blank, null if there is none. */
    private static @Nullable String input(String body, HttpServerRequest request) {
        if (body.isEmpty() && RequestText.isAnnouncedEmpty(request)) {
            return null;
        }
        JsonNode json = LenientJson.whole(body);
        if (json.isMissingNode()) {
            return "";
        }
        return json.isNull() ? null : json.toString();
    }

    private static String count(String text) {
        if (!text.strip().matches("\\d{1,10}")) {
            throw DurableError.bad("'" + INPUT_COUNT + "' must be a whole number, not '" + text + "'");
        }
        return Long.toString(Long.parseLong(text.strip()));
    }
}

package io.freshet.watcher.eventgrid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.http.HttpServerResponse;

import java.util.HashMap;
import java.util.Map;

/** A response. Event Grid treats 200 to 204 as received, and drops an event after 400, 401, 403 and 413. */
record Reply(int status, Map<String, String> headers, String body) {
    private static final String TYPE = "Content-Type";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;

    private static final String WITHOUT_SECRET =
            "This endpoint requires its EVENTGRIDSECRET, in a header X-Freshet-Secret,"
                    + " as 'Authorization: Bearer', or as 'code' in the query";

    static final Reply RECEIVED = new Reply(OK, Map.of(), "");

    static Reply validation(String code) {
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("validationResponse", code)
                .toString();
        return new Reply(OK, Map.of(TYPE, "application/json"), json);
    }

    /** Consent to deliveries, for CloudEvents. */
    static Reply consent(String origin, String rate) {
        return new Reply(
                OK,
                Map.of("WebHook-Allowed-Origin", origin, "WebHook-Allowed-Rate", rate, "Allow", EventGridRoute.METHODS),
                "");
    }

    static Reply methods() {
        return new Reply(OK, Map.of("Allow", EventGridRoute.METHODS), "");
    }

    static Reply methodNotAllowed() {
        return new Reply(METHOD_NOT_ALLOWED, Map.of("Allow", EventGridRoute.METHODS), "");
    }

    /** A retry would not help. */
    static Reply bad(String why) {
        return text(BAD_REQUEST, why, Map.of());
    }

    /** For a handshake, which is not repeated: its sender reads the reason. */
    static Reply unauthorized() {
        return text(UNAUTHORIZED, WITHOUT_SECRET, Map.of("WWW-Authenticate", "Bearer"));
    }

    /** Without a secret, events cannot be authenticated and are not accepted. */
    static Reply off() {
        return text(NOT_FOUND, "There is no webhook here: set EVENTGRIDSECRET on the watcher", Map.of());
    }

    static Reply tooLarge(int limit) {
        return text(
                TOO_LARGE, "The body has more than " + limit + " bytes, which is more than Event Grid sends", Map.of());
    }

    /** A retry may succeed. */
    static Reply later(String why) {
        return text(UNAVAILABLE, why, Map.of("Retry-After", "10"));
    }

    /** Secrets may be in rotation: a final rejection would lose events until everybody has the new one. */
    static Reply laterWithSecret() {
        return later(WITHOUT_SECRET);
    }

    private static Reply text(int status, String text, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(TYPE, "text/plain; charset=utf-8");
        return new Reply(status, all, text);
    }

    void send(HttpServerResponse response) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status);
            headers.forEach(response::putHeader);
            response.end(body);
        }
    }
}

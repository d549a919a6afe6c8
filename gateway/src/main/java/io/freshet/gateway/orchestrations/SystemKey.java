package io.freshet.gateway.orchestrations;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The key that the original's clients send, in a header or in the query, and find in their links. */
@Singleton
final class SystemKey {
    private static final String HEADER = "x-functions-key";
    private static final String QUERY = "code";

    private final Optional<String> key;

    SystemKey(OrchestrationsConfig config) {
        this.key = config.key();
    }

    boolean isSet() {
        return key.isPresent();
    }

    /** The key itself; "" if none is set. */
    String text() {
        return key.orElse("");
    }

    /** Whether the request has anything that could be the key. */
    boolean isAttemptedBy(HttpServerRequest request) {
        return !given(request).isEmpty();
    }

    boolean isSentIn(HttpServerRequest request) {
        return key.filter(known -> MessageDigest.isEqual(bytes(known), bytes(given(request))))
                .isPresent();
    }

    private static String given(HttpServerRequest request) {
        String header = request.getHeader(HEADER);
        return header != null ? header : new Query(request.query()).text(QUERY).orElse("");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

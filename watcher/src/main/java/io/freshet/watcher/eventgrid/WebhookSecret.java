package io.freshet.watcher.eventgrid;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Authenticates requests by a secret in a header or in the query, in constant time. */
@Singleton
final class WebhookSecret {
    private static final String HEADER = "X-Freshet-Secret";
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";
    private static final String QUERY = "code";

    private final List<byte[]> known;

    WebhookSecret(EventGridConfig config) {
        this.known = config.secret().orElse(List.of()).stream()
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .map(WebhookSecret::sha256)
                .toList();
    }

    /** Without a secret there is no webhook. */
    boolean isSet() {
        return !known.isEmpty();
    }

    boolean letsIn(HttpServerRequest request) {
        boolean found = false;
        for (String sent : sent(request)) {
            byte[] hash = sha256(sent);
            for (byte[] secret : known) {
                found |= MessageDigest.isEqual(hash, secret);
            }
        }
        return found;
    }

    private static List<String> sent(HttpServerRequest request) {
        List<String> sent = new ArrayList<>(request.headers().getAll(HEADER));
        request.headers().getAll(AUTHORIZATION).stream()
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .forEach(sent::add);
        try {
            sent.addAll(request.params().getAll(QUERY));
        } catch (IllegalArgumentException e) {
            return sent; // a query that cannot be decoded contains none
        }
        return sent;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

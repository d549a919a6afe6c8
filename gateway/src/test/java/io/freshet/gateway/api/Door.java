package io.freshet.gateway.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Knocks at a gateway as somebody, and looks at the beginning of the answer only: a stream does not end. */
final class Door {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private final int port;
    private final Map<String, String> credential;

    private Door(int port, Map<String, String> credential) {
        this.port = port;
        this.credential = credential;
    }

    static Door without(int port) {
        return new Door(port, Map.of());
    }

    static Door withKey(int port, String key) {
        return new Door(port, Map.of("X-Freshet-Key", key));
    }

    static Door withToken(int port, String token) {
        return new Door(port, Map.of("Authorization", "Bearer " + token));
    }

    /** @param body "" for none */
    HttpResponse<InputStream> open(String method, String path, String body) {
        Map<String, String> headers = new HashMap<>(credential);
        if (!body.isEmpty()) {
            headers.put("Content-Type", body.startsWith("{") ? "application/json" : "application/x-ndjson");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    int status(String method, String path, String body) {
        HttpResponse<InputStream> answer = open(method, path, body);
        close(answer);
        return answer.statusCode();
    }

    /** The whole answer, which has to be a success. */
    String text(String method, String path, String body) {
        HttpResponse<InputStream> answer = open(method, path, body);
        try (InputStream in = answer.body()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + text);
            }
            return text;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void close(HttpResponse<InputStream> answer) {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

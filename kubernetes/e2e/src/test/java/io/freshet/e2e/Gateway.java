package io.freshet.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A client of the gateway of a cluster, by a port of this machine. */
final class Gateway implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PortForward forward;

    Gateway(PortForward forward) {
        this.forward = forward;
    }

    /** Id of the new job. */
    String submit(String lines, String query) {
        HttpRequest.Builder request = request("/jobs?" + query).header("Content-Type", "application/x-ndjson");
        return expect(202, request.POST(HttpRequest.BodyPublishers.ofString(lines)));
    }

    JsonNode get(String path) {
        try {
            return JSON.readTree(expect(200, request(path).GET()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is answered, whatever the status. */
    JsonNode document(String path) {
        try {
            return JSON.readTree(send(request(path).GET()).body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Status of a GET. */
    int status(String path) {
        return send(request(path).GET()).statusCode();
    }

    String text(String path) {
        return expect(200, request(path).GET());
    }

    /** The first event of this type that is as wished, of those that the dashboard is told from now on. */
    JsonNode told(String view, String type, Predicate<JsonNode> wished) {
        HttpRequest request = request("/dashboard/events?view=" + view).GET().build();
        try (Stream<String> lines =
                HTTP.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            AtomicReference<String> event = new AtomicReference<>("");
            return lines.peek(line -> {
                        if (line.startsWith("event:")) {
                            event.set(line.substring("event:".length()).strip());
                        }
                    })
                    .filter(line -> line.startsWith("data:") && event.get().equals(type))
                    .map(line -> json(line.substring("data:".length())))
                    .filter(wished)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("The stream ended without " + type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode post(String path, int status) {
        try {
            return JSON.readTree(expect(status, request(path).POST(HttpRequest.BodyPublishers.noBody())));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String path) {
        expect(202, request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + forward.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    private static String expect(int status, HttpRequest.Builder request) {
        HttpResponse<String> response = send(request);
        if (response.statusCode() != status) {
            throw new AssertionError(response.request().method() + " " + response.uri() + " answered "
                    + response.statusCode() + ", not " + status + ": " + response.body());
        }
        return response.body();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        forward.close();
    }
}

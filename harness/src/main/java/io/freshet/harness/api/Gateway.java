package io.freshet.harness.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.harness.Wait;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/**
 * HTTP with a gateway. A connection that breaks is an {@link UncheckedIOException}, another answer than the one that was
 * wanted an {@link UnexpectedAnswer}.
 */
public final class Gateway {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final URI base;

    public Gateway(URI base) {
        this.base = base;
    }

    /** @param path or a whole URL */
    public URI url(String path) {
        return base.resolve(path);
    }

    public byte[] get(String path) {
        return expect(200, request(path).GET().build());
    }

    public String text(String path) {
        return text(get(path));
    }

    public JsonNode json(String path) {
        return parse(text(path));
    }

    /** The document of any answer of success: one that says that there is more to come is none of 200. */
    public JsonNode success(String path) {
        HttpResponse<byte[]> response = send(request(path).GET().build());
        if (response.statusCode() / 100 != 2) {
            throw new UnexpectedAnswer("GET " + path, response.statusCode(), text(response.body()));
        }
        return parse(text(response.body()));
    }

    /** What there is, whatever the status. */
    public JsonNode document(String path) {
        return parse(text(send(request(path).GET().build()).body()));
    }

    /** Status of a GET. */
    public int status(String path) {
        return send(request(path).GET().build()).statusCode();
    }

    public JsonNode post(String path, int status) {
        return parse(text(expect(
                status, request(path).POST(HttpRequest.BodyPublishers.noBody()).build())));
    }

    /** @param body JSON */
    public JsonNode post(String path, String body, int status) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return parse(text(expect(
                status, request.POST(HttpRequest.BodyPublishers.ofString(body)).build())));
    }

    /** Asks for something, which is one of these answers. */
    public void ask(String method, String path, String body, Set<Integer> fine) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> response = send(request);
        if (!fine.contains(response.statusCode())) {
            throw new UnexpectedAnswer(method + " " + path, response.statusCode(), text(response.body()));
        }
    }

    /** 404 is fine as well: an earlier request, whose answer was lost, may have had its effect. */
    public void delete(String path) {
        delete(path, Set.of(202, 404));
    }

    public void delete(String path, Set<Integer> fine) {
        HttpResponse<byte[]> response = send(request(path).DELETE().build());
        if (!fine.contains(response.statusCode())) {
            throw new UnexpectedAnswer("DELETE " + path, response.statusCode(), text(response.body()));
        }
    }

    /** How many instances one request to purge them has deleted; 0 if there is none. */
    public int deletedInstances(String path) {
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(url(path)).DELETE().build());
        if (response.statusCode() != 200 && response.statusCode() != 404) {
            throw new UnexpectedAnswer("DELETE " + path, response.statusCode(), text(response.body()));
        }
        return response.statusCode() == 404
                ? 0
                : parse(text(response.body())).path("instancesDeleted").asInt();
    }

    /** The body of an answer of 200, while it comes; without a limit of its time. */
    public InputStream stream(String path) {
        HttpRequest request = HttpRequest.newBuilder(url(path)).GET().build();
        HttpResponse<InputStream> response = send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw new UnexpectedAnswer("GET " + path, response.statusCode(), text(body.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + path, e);
        }
    }

    /** As {@link #stream}, but waits a while when the service is not ready to give it. */
    public InputStream streamWhenReady(String path) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return stream(path);
            } catch (UnexpectedAnswer e) {
                if ((e.status() != 409 && e.status() != 503) || System.nanoTime() > end) {
                    throw e;
                }
                Wait.pause(RETRY);
            }
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url(path)).timeout(LIMIT);
    }

    static byte[] expect(int status, HttpRequest request) {
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() != status) {
            String what = request.method() + " " + request.uri().getPath();
            throw new UnexpectedAnswer(what, response.statusCode(), text(response.body()));
        }
        return response.body();
    }

    static HttpResponse<byte[]> send(HttpRequest request) {
        return send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}

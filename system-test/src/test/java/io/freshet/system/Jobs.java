package io.freshet.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of the Jobs API. */
final class Jobs {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final URI gateway;
    private final Storage storage;
    private final List<Job> submitted = new CopyOnWriteArrayList<>();

    Jobs(URI gateway, Storage storage) {
        this.gateway = gateway;
        this.storage = storage;
    }

    /** @param query such as {@code handler=exec&itemsPerJob=2} */
    Job submit(byte[] body, String query) {
        return submit(body, query, Form.PLAIN);
    }

    /** @param key an Idempotency-Key */
    Job submit(byte[] body, String query, String key) {
        return submit(
                request("/jobs?" + query)
                        .header("Content-Type", "application/x-ndjson")
                        .header("Idempotency-Key", key),
                body);
    }

    Job submit(List<String> lines, String query) {
        return submit(Text.lines(lines), query);
    }

    /** How lines are sent. */
    enum Form {
        PLAIN,
        /** Packed, and said so in a header. */
        GZIP,
        /** As a file of a form. */
        MULTIPART
    }

    Job submit(byte[] body, String query, Form form) {
        HttpRequest.Builder request = request("/jobs?" + query);
        return switch (form) {
            case PLAIN -> submit(request.header("Content-Type", "application/x-ndjson"), body);
            case GZIP -> submit(request.header("Content-Encoding", "gzip"), body);
            case MULTIPART ->
                submit(request.header("Content-Type", "multipart/form-data; boundary=edge"), formWith(body));
        };
    }

    private static byte[] formWith(byte[] file) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(
                Text.bytes("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lines.jsonl.gz\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n"));
        form.writeBytes(file);
        form.writeBytes(Text.bytes("\r\n--edge--\r\n"));
        return form.toByteArray();
    }

    /** The lines of a blob, which stays where it is. */
    Job submitReference(String url, String query) {
        HttpRequest.Builder request =
                request("/jobs?" + query).header("Content-Type", "application/vnd.freshet.job+json");
        return submit(request, Text.bytes("{\"inputUrl\": \"" + url + "\"}"));
    }

    /** The problem that is answered to a reference that is not taken. */
    JsonNode refusal(int status, String url) {
        HttpRequest request = request("/jobs")
                .header("Content-Type", "application/vnd.freshet.job+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"inputUrl\": \"" + url + "\"}"))
                .build();
        return parse(text(expect(status, request)));
    }

    private Job submit(HttpRequest.Builder request, byte[] body) {
        HttpRequest post =
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        Job job = new Job(text(expect(202, post)), this, storage);
        submitted.add(job);
        return job;
    }

    /** Deletes whatever was submitted here. */
    void deleteAll() {
        submitted.forEach(Job::delete);
    }

    byte[] get(String path) {
        return expect(200, request(path).GET().build());
    }

    /** The events of a job until the gateway ends the stream; returns when the stream has begun. */
    CompletableFuture<String> watch(Job job) {
        HttpRequest request = request("/jobs/" + job + "/events").GET().build();
        HttpResponse<InputStream> stream = send(request, HttpResponse.BodyHandlers.ofInputStream());
        return CompletableFuture.supplyAsync(() -> {
            try (InputStream body = stream.body()) {
                return text(body.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    int status(String path) {
        return send(request(path).GET().build()).statusCode();
    }

    JsonNode json(String path) {
        return parse(text(get(path)));
    }

    /** Starts an orchestration, or tells one something. */
    JsonNode start(String path, String body) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return parse(text(expect(
                202, request.POST(HttpRequest.BodyPublishers.ofString(body)).build())));
    }

    /** Asks for something, which is one of these answers. */
    void ask(String method, String path, String body, Set<Integer> fine) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> response = send(request);
        if (!fine.contains(response.statusCode())) {
            throw new AssertionError(
                    method + " " + path + " answered " + response.statusCode() + ": " + text(response.body()));
        }
    }

    /** What there is, whatever the status. */
    JsonNode document(String path) {
        return parse(text(send(request(path).GET().build()).body()));
    }

    void post(String path) {
        expect(200, request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    /** 404 is fine as well: an earlier request, whose answer was lost, may have had its effect. */
    void delete(String path) {
        HttpResponse<byte[]> response = send(request(path).DELETE().build());
        if (response.statusCode() != 202 && response.statusCode() != 404) {
            throw new AssertionError(
                    "DELETE " + path + " answered " + response.statusCode() + ": " + text(response.body()));
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path)).timeout(LIMIT);
    }

    private static byte[] expect(int status, HttpRequest request) {
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() != status) {
            throw new AssertionError(request.method() + " " + request.uri() + " answered " + response.statusCode()
                    + ", not " + status + ": " + text(response.body()));
        }
        return response.body();
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
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
}

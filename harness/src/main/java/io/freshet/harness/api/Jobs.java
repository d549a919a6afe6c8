package io.freshet.harness.api;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A client of the Jobs API. */
public final class Jobs {
    private static final String PLAIN_LINES = "application/x-ndjson";
    private static final String REFERENCE = "application/vnd.freshet.job+json";

    private final Gateway gateway;
    private final List<Job> submitted = new CopyOnWriteArrayList<>();

    public Jobs(Gateway gateway) {
        this.gateway = gateway;
    }

    /** What all of it goes through. */
    public Gateway gateway() {
        return gateway;
    }

    /** How lines are sent. */
    public enum Form {
        PLAIN,
        /** Packed, and said so in a header. */
        GZIP,
        /** As a file of a form. */
        MULTIPART
    }

    /** @param query such as {@code handler=exec&itemsPerJob=2} */
    public Job submit(byte[] body, String query) {
        return submit(body, query, Form.PLAIN);
    }

    /** @param key an Idempotency-Key */
    public Job submit(byte[] body, String query, String key) {
        return submit(post(query, PLAIN_LINES).header("Idempotency-Key", key), body);
    }

    public Job submit(List<String> lines, String query) {
        String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        return submit(text.getBytes(StandardCharsets.UTF_8), query);
    }

    public Job submit(byte[] body, String query, Form form) {
        return switch (form) {
            case PLAIN -> submit(post(query, PLAIN_LINES), body);
            case GZIP -> submit(gateway.request("/jobs?" + query).header("Content-Encoding", "gzip"), body);
            case MULTIPART -> submit(post(query, "multipart/form-data; boundary=edge"), formWith(body));
        };
    }

    /** Streams the body, plain or packed, as fast as the gateway takes it. */
    public Job submit(Supplier<InputStream> body, String query, Form form) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.url("/jobs?" + query)).header("Content-Type", PLAIN_LINES);
        if (form == Form.GZIP) {
            request.header("Content-Encoding", "gzip");
        }
        return submit(request, HttpRequest.BodyPublishers.ofInputStream(body));
    }

    private static byte[] formWith(byte[] file) {
        String head = String.join(
                "\r\n",
                "--edge",
                "Content-Disposition: form-data; name=\"file\"; filename=\"lines.jsonl.gz\"",
                "Content-Type: application/octet-stream",
                "",
                "");
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        form.writeBytes(file);
        form.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    /** The lines of a blob, which stays where it is. */
    public Job submitReference(String url, String query) {
        return submit(post(query, REFERENCE), reference(url).getBytes(StandardCharsets.UTF_8));
    }

    /** The problem that is answered to a reference that is not taken. */
    public JsonNode refusal(int status, String url) {
        HttpRequest request = gateway.request("/jobs")
                .header("Content-Type", REFERENCE)
                .POST(HttpRequest.BodyPublishers.ofString(reference(url)))
                .build();
        return Gateway.parse(Gateway.text(Gateway.expect(status, request)));
    }

    private static String reference(String url) {
        return "{\"inputUrl\": \"" + url + "\"}";
    }

    private HttpRequest.Builder post(String query, String contentType) {
        return gateway.request("/jobs?" + query).header("Content-Type", contentType);
    }

    private Job submit(HttpRequest.Builder request, byte[] body) {
        return submit(request, HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private Job submit(HttpRequest.Builder request, HttpRequest.BodyPublisher body) {
        String id = Gateway.text(Gateway.expect(202, request.POST(body).build()));
        Job job = new Job(id, gateway);
        submitted.add(job);
        return job;
    }

    /** Deletes whatever was submitted here. */
    public void deleteAll() {
        submitted.forEach(Job::delete);
    }

    /** The events of a job until the gateway ends the stream; returns when the stream has begun. */
    public CompletableFuture<String> watch(Job job) {
        InputStream stream = gateway.stream("/jobs/" + job + "/events");
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return Gateway.text(stream.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}

package io.freshet.harness.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.freshet.harness.Wait;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One job, as its client sees it. */
public final class Job {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Set<String> ENDS = Set.of("Complete", "CompleteWithErrors", "Failed", "Canceled");

    private final String id;
    private final Gateway gateway;

    public Job(String id, Gateway gateway) {
        this.id = id;
        this.gateway = gateway;
    }

    public JsonNode document() {
        return gateway.json("/jobs/" + id);
    }

    public String status() {
        return document().path("status").asText();
    }

    /** Parts that are done. */
    public int succeeded() {
        return document().path("succeeded").asInt();
    }

    public String reason() {
        return document().path("reason").asText();
    }

    /** 404 once it is deleted. */
    public int httpStatus() {
        return gateway.status("/jobs/" + id);
    }

    public Job awaitStatus(String status) {
        return awaitStatus(status, LIMIT);
    }

    public Job awaitStatus(String status, Duration limit) {
        Wait.until("job " + id + " is " + status, limit, () -> isThereOrBeyond(status));
        return this;
    }

    /** An end that is not the one that was waited for is no reason to wait on. */
    private boolean isThereOrBeyond(String status) {
        JsonNode document = document();
        String now = document.path("status").asText();
        if (!now.equals(status) && isFinal(document)) {
            throw new AssertionError("Job " + id + " is " + now + ", not " + status + ": " + document);
        }
        return now.equals(status);
    }

    /** Whether a job that looks like this has ended. */
    public static boolean isFinal(JsonNode document) {
        return ENDS.contains(document.path("status").asText());
    }

    public Job awaitSucceeded(int parts) {
        return awaitSucceeded(parts, LIMIT);
    }

    public Job awaitSucceeded(int parts, Duration limit) {
        Wait.until(parts + " parts of job " + id + " are done", limit, () -> succeeded() >= parts);
        return this;
    }

    /**
     * Shows the job's document each time it changes, the final one last, and gives that. The event stream is a convenience:
     * where it breaks off, asking tells the same.
     */
    public JsonNode follow(Consumer<JsonNode> look) {
        JsonNode last = followEvents(look);
        while (!isFinal(last)) {
            Wait.pause(last.isMissingNode() ? Duration.ZERO : POLL);
            last = document();
            look.accept(last);
        }
        return last;
    }

    private JsonNode followEvents(Consumer<JsonNode> look) {
        JsonNode last = MissingNode.getInstance();
        try (EventStream events = EventStream.of(gateway.stream("/jobs/" + id + "/events"))) {
            while (!isFinal(last)) {
                Optional<String> event = events.next(SILENCE);
                if (event.isEmpty()) {
                    return last;
                }
                last = Gateway.parse(event.get());
                look.accept(last);
            }
            return last;
        } catch (UncheckedIOException | UnexpectedAnswer e) {
            return last;
        }
    }

    public byte[] results() {
        return gateway.get("/jobs/" + id + "/results");
    }

    /** @param part 1-based */
    public byte[] results(int part) {
        return gateway.get("/jobs/" + id + "/results?part=" + part);
    }

    public List<JsonNode> errors() {
        return gateway.text("/jobs/" + id + "/errors")
                .lines()
                .map(Gateway::parse)
                .toList();
    }

    public void cancel() {
        gateway.post("/jobs/" + id + "/cancel", 200);
    }

    public void suspend() {
        gateway.post("/jobs/" + id + "/suspend", 200);
    }

    public void resume() {
        gateway.post("/jobs/" + id + "/resume", 200);
    }

    public void rerunFailed() {
        gateway.post("/jobs/" + id + "/rerun?failedOnly=true", 200);
    }

    public void delete() {
        gateway.delete("/jobs/" + id);
    }

    /** Its id. */
    @Override
    public String toString() {
        return id;
    }
}

package io.freshet.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.items.PartLayout;
import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One job, as its client sees it. */
final class Job {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Set<String> ENDS = Set.of("Complete", "CompleteWithErrors", "Failed", "Canceled");

    private final String id;
    private final Jobs jobs;
    private final Storage storage;

    Job(String id, Jobs jobs, Storage storage) {
        this.id = id;
        this.jobs = jobs;
        this.storage = storage;
    }

    RunId id() {
        return RunId.parse(id);
    }

    /** Folder of its blobs, with the slash. */
    String folder() {
        return RunFiles.folder(id());
    }

    JsonNode document() {
        return jobs.json("/jobs/" + id);
    }

    String status() {
        return document().path("status").asText();
    }

    /** Parts that are done. */
    int succeeded() {
        return document().path("succeeded").asInt();
    }

    String reason() {
        return document().path("reason").asText();
    }

    /** 404 once it is deleted. */
    int httpStatus() {
        return jobs.status("/jobs/" + id);
    }

    Job awaitStatus(String status) {
        Awaitility.await("job " + id + " is " + status)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> isThereOrBeyond(status));
        return this;
    }

    /** An end that is not the one that was waited for is no reason to wait on. */
    private boolean isThereOrBeyond(String status) {
        JsonNode document = document();
        String now = document.path("status").asText();
        if (!now.equals(status) && ENDS.contains(now)) {
            throw new AssertionError("Job " + id + " is " + now + ", not " + status + ": " + document);
        }
        return now.equals(status);
    }

    Job awaitSucceeded(int parts) {
        Awaitility.await(parts + " parts of job " + id + " are done")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> succeeded() >= parts);
        return this;
    }

    byte[] results() {
        return jobs.get("/jobs/" + id + "/results");
    }

    /** @param part 1-based */
    byte[] results(int part) {
        return jobs.get("/jobs/" + id + "/results?part=" + part);
    }

    List<JsonNode> errors() {
        return Jobs.text(jobs.get("/jobs/" + id + "/errors"))
                .lines()
                .map(Jobs::parse)
                .toList();
    }

    void cancel() {
        jobs.post("/jobs/" + id + "/cancel");
    }

    void suspend() {
        jobs.post("/jobs/" + id + "/suspend");
    }

    void resume() {
        jobs.post("/jobs/" + id + "/resume");
    }

    void rerunFailed() {
        jobs.post("/jobs/" + id + "/rerun?failedOnly=true");
    }

    void delete() {
        jobs.delete("/jobs/" + id);
    }

    /** Whether its watcher has nothing more to do for it. */
    boolean isMarkedActive() {
        return storage.exists(RunFiles.active(id()));
    }

    boolean hasOutput(int part) {
        return storage.exists(PartLayout.outputName(id(), part - 1));
    }

    /** Changes whenever the results are written. */
    String resultsEtag() {
        return storage.etag(RunFiles.results(id()));
    }

    @Override
    public String toString() {
        return id;
    }
}

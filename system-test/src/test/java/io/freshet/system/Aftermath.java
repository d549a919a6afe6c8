package io.freshet.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.storage.RunFiles;
import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What has to hold after every scenario, whatever happened in it. */
final class Aftermath {
    /** What a process says that notices that it stood still. */
    private static final String STANDSTILL = "BlockedThreadChecker";

    private static final Duration LIMIT = Duration.ofSeconds(45);
    private static final List<String> QUEUES = List.of("work", "priority", "input", "events", "control");

    private static final List<String> COMPLAINTS =
            List.of("\"level\":\"ERROR\"", "\"level\":\"FATAL\"", "OutOfMemoryError", "\"exception\":{");

    private final Freshet freshet;
    private final Storage storage;
    private final Map<String, Long> logStart = new HashMap<>();

    private Aftermath(Freshet freshet) {
        this.freshet = freshet;
        this.storage = freshet.storage();
        freshet.services().forEach(s -> logStart.put(s.name(), s.logLength()));
    }

    /** Log lines from now on count. */
    static Aftermath from(Freshet freshet) {
        return new Aftermath(freshet);
    }

    /** The job is what it has to be: state, counts, results byte for byte, errors line for line, index blobs. */
    void check(Job job, Outcome outcome) {
        job.awaitStatus(outcome.status());
        checkCounts(job, outcome);
        checkResults(job, outcome);
        checkErrors(job, outcome.rejected());
        awaitForgotten(job);
        checkIndexes(job, outcome.failed());
    }

    private static void checkCounts(Job job, Outcome outcome) {
        JsonNode document = job.document();
        assertThat(document.path("succeeded").asInt())
                .as("succeeded of %s", document)
                .isEqualTo(outcome.done());
        assertThat(document.path("failed").asInt())
                .as("failed of %s", document)
                .isEqualTo(outcome.failed().size());
        assertThat(document.path("rejectedLines").asLong())
                .as("rejected lines of %s", document)
                .isEqualTo(outcome.rejected().size());
        assertThat(document.path("active").asInt()).as("active of %s", document).isZero();
        assertThat(document.hasNonNull("completionTime"))
                .as("completed: %s", document)
                .isTrue();
    }

    private static void checkResults(Job job, Outcome outcome) {
        if (outcome.results() == null) {
            return;
        }
        byte[] results = job.results();
        int difference = Arrays.mismatch(results, outcome.results());
        assertThat(difference)
                .as(
                        "first wrong byte of %d (%d expected), near '%s', expected '%s'",
                        results.length,
                        outcome.results().length,
                        near(results, difference),
                        near(outcome.results(), difference))
                .isEqualTo(-1);
    }

    private static String near(byte[] bytes, int position) {
        int from = Math.clamp(position - 40L, 0, bytes.length);
        int to = Math.clamp(position + 40L, 0, bytes.length);
        return Jobs.text(Arrays.copyOfRange(bytes, from, to));
    }

    private static void checkErrors(Job job, List<Calculations.Rejected> expected) {
        List<Calculations.Rejected> errors = job.errors().stream()
                .map(e -> new Calculations.Rejected(
                        e.path("line").asLong(),
                        e.path("reason").asText(),
                        e.path("input").asText()))
                .toList();
        assertThat(errors).isEqualTo(expected);
    }

    private static void awaitForgotten(Job job) {
        Awaitility.await("nobody looks after job " + job + " any more")
                .atMost(LIMIT)
                .until(() -> !job.isMarkedActive());
    }

    private void checkIndexes(Job job, List<Integer> failed) {
        List<String> kept = failed.stream()
                .map(part -> storage.indexName(job.id(), part))
                .sorted()
                .toList();
        assertThat(storage.names(job.folder() + "ctrl_"))
                .as("index blobs of %s", job)
                .isEqualTo(kept);
    }

    /** Nothing of the job is left in storage. */
    void checkGone(Job job) {
        Awaitility.await("all of job " + job + " is gone")
                .atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(storage.namesWithUncommitted(job.folder())).isEmpty());
        awaitForgotten(job);
        assertThat(job.httpStatus()).isEqualTo(404);
    }

    /** Nothing is left that anybody would work on, and nobody complained. */
    void checkRest() {
        Awaitility.await("the queues are empty")
                .atMost(LIMIT)
                .untilAsserted(() -> QUEUES.forEach(queue -> assertThat(storage.depth(queue))
                        .as("messages in %s", queue)
                        .isZero()));
        awaitSwept();
        QUEUES.forEach(queue -> assertThat(storage.takeAll(queue + "-poison"))
                .as("messages in %s-poison", queue)
                .isEmpty());
        assertThat(complaints())
                .as("log lines of level ERROR, or with a stack trace")
                .isEmpty();
    }

    /** Waits until no run is looked after any more, and nothing is left of uploads whose gateway died. */
    void awaitSwept() {
        Awaitility.await("unfinished uploads are swept").atMost(LIMIT).untilAsserted(this::checkSwept);
    }

    private void checkSwept() {
        assertThat(storage.names("active/")).as("runs that are looked after").isEmpty();
        assertThat(storage.names("uploading/")).as("uploads under way").isEmpty();
        List<String> blobs = storage.names("");
        assertThat(storage.namesWithUncommitted(""))
                .filteredOn(blob -> !isHeadStart(blob, blobs))
                .as("blobs that are but staged")
                .isEqualTo(blobs);
        assertThat(blobs.stream().filter(blob -> !isOfRun(blob, blobs)))
                .as("blobs of runs that are not")
                .isEmpty();
    }

    /** Outputs that were staged for results which a run does not come to, such as a canceled one: storage drops them. */
    private static boolean isHeadStart(String blob, List<String> blobs) {
        return blob.endsWith("/results.json") && !blobs.contains(blob) && isOfRun(blob, blobs);
    }

    private static boolean isOfRun(String blob, List<String> blobs) {
        String folder = blob.substring(0, blob.lastIndexOf('/') + 1);
        return RunFiles.parseFolder(folder)
                .map(run -> blobs.contains(RunFiles.document(run)))
                .orElse(true);
    }

    private List<String> complaints() {
        return freshet.services().stream()
                .flatMap(service -> service.log(logStart.getOrDefault(service.name(), 0L))
                        .lines()
                        .filter(line -> COMPLAINTS.stream().anyMatch(line::contains))
                        .filter(line -> !(service.wasPaused() && line.contains(STANDSTILL)))
                        .map(line -> service.name() + ": " + line))
                .toList();
    }
}

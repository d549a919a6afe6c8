package io.freshet.system.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.system.cluster.Storage;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What has to be true of a job that has ended, or is deleted: by its API, and in storage. */
final class JobCheck {
    private final Storage storage;

    JobCheck(Storage storage) {
        this.storage = storage;
    }

    /** The job is what it has to be: state, counts, results byte for byte, errors line for line, index blobs. */
    void ended(Job job, Outcome outcome) {
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
        return Gateway.text(Arrays.copyOfRange(bytes, from, to));
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

    private void awaitForgotten(Job job) {
        Awaitility.await("nobody looks after job " + job + " any more")
                .atMost(Patience.LIMIT)
                .until(() -> !storage.isMarkedActive(job));
    }

    private void checkIndexes(Job job, List<Integer> failed) {
        List<String> kept = failed.stream()
                .map(part -> storage.indexName(Storage.run(job), part))
                .sorted()
                .toList();
        assertThat(storage.names(storage.folder(job) + "ctrl_"))
                .as("index blobs of %s", job)
                .isEqualTo(kept);
    }

    /** Nothing of the job is left in storage. */
    void gone(Job job) {
        Awaitility.await("all of job " + job + " is gone")
                .atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(storage.namesWithUncommitted(storage.folder(job)))
                        .isEmpty());
        awaitForgotten(job);
        assertThat(job.httpStatus()).isEqualTo(404);
    }
}

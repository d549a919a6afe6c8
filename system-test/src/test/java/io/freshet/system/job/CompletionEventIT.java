package io.freshet.system.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.system.Scenario;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Text;
import io.freshet.system.cluster.Topic;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The end of a run is published as Event Grid wants it, and not before its results can be read. */
final class CompletionEventIT extends Scenario {
    private static final String KEY = Base64.getEncoder().encodeToString(Text.bytes("no secret"));

    @Test
    void defects2And3CompletionIsPublishedAsAnArrayOfWholeEventsOnceResultsAreThere() {
        try (Topic topic = new Topic(KEY)) {
            freshet.watcher(1).kill9();
            freshet.watcher(1).start(Map.of("EVENTGRIDENDPOINT", topic.url(), "EVENTGRIDSASKEY", KEY));
            Calculations calculations = new Calculations(50).good(12);
            topic.onEvent(body -> storage.exists(prefix(body) + "/results.json"));

            Job job = jobs.submit(calculations.file(), "itemsPerJob=4");

            checker.ended(job, Outcome.of(calculations, 3));
            Awaitility.await("an event")
                    .atMost(Patience.LIMIT)
                    .until(() -> !topic.requests().isEmpty());
            topic.requests().forEach(request -> checkRequest(request, job));
        } finally {
            freshet.watcher(1).kill9();
        }
    }

    private static void checkRequest(Topic.Request request, Job job) {
        assertThat(request.authorized()).isTrue();
        assertThat(request.query()).contains("api-version=2018-01-01");
        assertThat(request.body().isArray())
                .as("%s is an array", request.body())
                .isTrue();
        assertThat(request.observed()).as("results were there").isTrue();
        JsonNode event = request.body().get(0);
        assertThat(event.path("eventType").asText()).isEqualTo("Freshet.Job.Completed");
        assertThat(event.path("subject").asText()).contains(job.toString());
        assertThat(event.path("id").asText()).isNotEmpty();
        assertThat(event.path("dataVersion").asText()).isNotEmpty();
        assertThat(Instant.parse(event.path("eventTime").asText()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(event.path("data").path("id").asText()).isEqualTo(job.toString());
        assertThat(event.path("data").path("status").asText()).isEqualTo("Complete");
        assertThat(event.path("data").path("succeeded").asInt()).isEqualTo(3);
    }

    private static String prefix(JsonNode body) {
        return body.path(0).path("data").path("storageBlobPrefix").asText();
    }
}

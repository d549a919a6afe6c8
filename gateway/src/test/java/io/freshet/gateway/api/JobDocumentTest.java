package io.freshet.gateway.api;

import io.freshet.items.PartLayout;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunSpec;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.LeaseResult;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

/** A job's document in each state: the fields of the original, and those that it did not tell. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class JobDocumentTest extends ApiScenario {
    private static final List<String> ALWAYS_THERE = List.of(
            "id",
            "handler",
            "status",
            "succeeded",
            "failed",
            "active",
            "parallelism",
            "parts",
            "completions",
            "lines",
            "rejectedLines",
            "bytes",
            "progress",
            "storageContainer",
            "storageBlobPrefix",
            "runningOnAci",
            "executionLocation");

    @Test
    void aPendingJob() {
        Run run = seeds.pending(3);
        ValidatableResponse job = job(run, "Pending");
        job.body("id", equalTo(run.id().toString()))
                .body("handler", equalTo("calculator"))
                .body("startTime", nullValue())
                .body("completionTime", nullValue())
                .body("succeeded", equalTo(0))
                .body("failed", equalTo(0))
                .body("active", equalTo(0))
                .body("parallelism", equalTo(2))
                .body("parts", equalTo(3))
                .body("completions", equalTo(3))
                .body("lines", equalTo(30))
                .body("rejectedLines", equalTo(0))
                .body("bytes", equalTo(3000))
                .body("storageContainer", equalTo(lab.container()))
                .body("storageBlobPrefix", equalTo(run.id().blobPrefix()))
                .body("runningOnAci", equalTo(false))
                .body("executionLocation", equalTo("cluster"))
                .body("reason", nullValue());
        assertThat(number(job, "progress")).isZero();
    }

    @Test
    void aRunningJobTellsWhatIsDoneAndWhenItWillEnd() {
        Run run = seeds.running(4);
        seeds.done(run, 1, "x\n");
        seeds.failed(run, 3, "exit code 3");
        ValidatableResponse job = job(run, "Running");
        job.body("succeeded", equalTo(1))
                .body("failed", equalTo(1))
                .body("completionTime", nullValue())
                .body("reason", containsString("part 3: exit code 3"));
        assertThat(number(job, "progress")).isEqualTo(0.5);
        assertThat(number(job, "linesPerSecond")).isPositive();
        assertThat(time(job, "startTime")).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(time(job, "estimatedCompletionTime"))
                .isAfter(time(job, "startTime").minusSeconds(1));
    }

    @Test
    void partsInWorkAreActive() {
        Run run = seeds.running(3);
        for (int part = 1; part <= 3; part++) {
            Lab.now(lab.blobs()
                    .put(
                            PartLayout.indexName(run.id(), new Part(part - 1, 0, 1, 1, 1)),
                            List.of(),
                            Attributes.ofType("text/plain"),
                            Condition.ALWAYS));
        }
        String held = PartLayout.indexName(run.id(), new Part(1, 0, 1, 1, 1));
        String lease = UUID.randomUUID().toString();
        assertThat(Lab.now(lab.blobs().acquireLease(held, lease, Duration.ofSeconds(60))))
                .isEqualTo(LeaseResult.ACQUIRED);
        job(run, "Running").body("active", equalTo(1));
    }

    @Test
    void aSuspendedJob() {
        job(seeds.suspended(2), "Suspended").body("completionTime", nullValue());
    }

    @Test
    void aFinalizingJob() {
        ValidatableResponse job = job(seeds.finalizing("a\n", "b\n"), "Finalizing");
        job.body("succeeded", equalTo(2)).body("completionTime", nullValue());
        assertThat(number(job, "progress")).isEqualTo(1.0);
    }

    @Test
    void aCompleteJob() {
        ValidatableResponse job = job(seeds.complete("a\n", "b\n"), "Complete");
        job.body("succeeded", equalTo(2)).body("reason", nullValue()).body("estimatedCompletionTime", nullValue());
        assertThat(time(job, "completionTime")).isBetween(time(job, "startTime"), Instant.now());
    }

    @Test
    void rejectedLinesAloneLeaveAJobComplete() {
        Run run = seeds.running(1);
        seeds.doneWithErrors(run, 1, "{}\n");
        seeds.settle(run);
        seeds.end(run);
        job(run, "Complete").body("rejectedLines", equalTo(1)).body("failed", equalTo(0));
    }

    @Test
    void aJobWithAFailedPart() {
        job(seeds.completeWithErrors("a\n"), "CompleteWithErrors")
                .body("succeeded", equalTo(1))
                .body("failed", equalTo(1))
                .body("reason", containsString("exit code 3"));
    }

    @Test
    void aFailedJob() {
        job(seeds.failed(), "Failed").body("reason", containsString("exit code 3"));
    }

    @Test
    void aCanceledJob() {
        ValidatableResponse job = job(seeds.canceled(2), "Canceled");
        job.body("reason", equalTo("a reason to cancel"));
        assertThat(time(job, "completionTime")).isNotNull();
    }

    @Test
    void aJobOnServerlessNodesSaysSoInBothWays() {
        Run run = at(seeds.running(60), new Location.Burst(Instant.now(), 50, "virtual-nodes"));
        job(run, "Running")
                .body("runningOnAci", equalTo(true))
                .body("executionLocation", equalTo("aci"))
                .body("parallelism", equalTo(50));
    }

    @Test
    void theWishForServerlessNodesIsNoPlace() {
        RunSpec.Placement placement = new RunSpec.Placement(2, RunSpec.Burst.ALWAYS, "a100", 4);
        job(seeds.released(Seeds.spec("night run", placement, 1)), "Pending")
                .body("name", equalTo("night run"))
                .body("runningOnAci", equalTo(false))
                .body("executionLocation", equalTo("cluster"))
                .body("gpu", equalTo("a100"))
                .body("gpuQuantity", equalTo(4))
                .body("parallelism", equalTo(1));
    }

    @Test
    void aJobThatFellBackIsInTheCluster() {
        Run run = at(seeds.running(3), new Location.FellBack(Instant.now(), "no pod came up"));
        job(run, "Running")
                .body("runningOnAci", equalTo(false))
                .body("executionLocation", equalTo("cluster"))
                .body("parallelism", equalTo(2));
    }

    private Run at(Run run, Location location) {
        return seeds.change(
                run,
                r -> new Run(r.id(), r.spec(), r.state(), r.progress(), r.dispatch(), location, r.timeline(), null));
    }

    private static RunSpec sized(RunSpec spec, long lines, long bytes) {
        Items items = new Items.Parts(new RunInput.Uploaded("an-etag"), Integer.MAX_VALUE, lines, bytes);
        return new RunSpec(spec.handler(), items, spec.name(), spec.placement(), null);
    }

    @Test
    void aSizeBeyondAnIntIsANumber() {
        Run run = seeds.running(1);
        seeds.change(
                run,
                r -> new Run(
                        r.id(),
                        sized(r.spec(), 5_000_000_000L, 600_000_000_000L),
                        r.state(),
                        r.progress(),
                        r.dispatch(),
                        r.location(),
                        r.timeline(),
                        null));
        job(run, "Running").body("lines", equalTo(5_000_000_000L)).body("bytes", equalTo(600_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-1234567890123456789", "abc", "2026-13-1", "2026-11-", "2026-11-1x", "run.json", "%20"})
    void anUnknownIdIsNotFound(String id) {
        problem(request().urlEncodingEnabled(false).get("/jobs/" + id).then(), 404, "job-not-found");
    }

    @Test
    void aDeletedJobIsNotFound() {
        problem(request().get("/jobs/" + seeds.deleted(1).id()).then(), 404, "job-not-found");
    }

    @Test
    void aDocumentThatCannotBeReadIsNotTheClientsFault() {
        Run run = seeds.running(1);
        lab.put(RunFiles.document(run.id()), "{\"v\":1,\"id\":");
        try {
            problem(request().get("/jobs/" + run.id()).then(), 500, "internal")
                    .body("detail", matchesPattern("The cause is in the gateway's log, next to [0-9a-f-]{36}"));
            request().get("/jobs").then().statusCode(200);
        } finally {
            Lab.now(lab.store().remove(run.id()));
        }
    }

    private static ValidatableResponse job(Run run, String status) {
        ValidatableResponse job = request()
                .get("/jobs/" + run.id())
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("status", equalTo(status));
        Map<String, Object> fields = job.extract().jsonPath().getMap("");
        assertThat(fields).containsKeys(ALWAYS_THERE.toArray(String[]::new));
        return job;
    }

    private static double number(ValidatableResponse job, String field) {
        return job.extract().jsonPath().getDouble(field);
    }

    private static Instant time(ValidatableResponse job, String field) {
        return Instant.parse(job.extract().jsonPath().getString(field));
    }
}

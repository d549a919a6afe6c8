package io.freshet.system.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.calculator.Calculations;
import io.freshet.system.check.Checker;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.system.cluster.Text;
import io.freshet.system.cluster.Topic;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Inputs on another account's host, which is allowed by INPUTHOSTS. */
final class ForeignInputIT {
    private static final String KEY = Base64.getEncoder().encodeToString(Text.bytes("no secret"));
    /** A worker keeps what it read of neighbouring parts; this is too far apart, and too long. */
    private static final String FAR = "x".repeat(600_000);

    @TempDir
    private static Path directory;

    private static ForeignAccount account;
    private static Topic topic;
    private static TestedFreshet freshet;
    private static Jobs jobs;

    @BeforeAll
    static void start() {
        account = new ForeignAccount(directory);
        topic = new Topic(KEY);
        freshet = TestedFreshet.named("foreign")
                .with("INPUTHOSTS", "example.blob.core.windows.net, " + account.authority())
                .with("JAVA_TOOL_OPTIONS", account.trustedBy())
                .with("WORKER_CONCURRENCY", "1")
                .with("DEBUGLOG", "true")
                .with("EVENTGRIDENDPOINT", topic.url())
                .with("EVENTGRIDSASKEY", KEY)
                .start();
        jobs = freshet.jobs();
    }

    @AfterAll
    static void end() {
        freshet.close();
        topic.close();
        account.close();
    }

    @Test
    void linesAreReadWhereTheyAreAndTheSasIsToldToNobody() {
        Calculations calculations = new Calculations(60).good(90).rejected("17", "not a JSON object");
        String url = account.upload("lines", calculations.file());
        String sas = account.readSas("lines");
        String signature = sas.replaceFirst(".*sig=", "").replaceFirst("&.*", "");

        Job job = jobs.submitReference(url + "?" + sas, "itemsPerJob=10");
        Checker.of(freshet).ended(job, Outcome.of(calculations, 10));

        Awaitility.await("the completion event").atMost(Patience.LIMIT).until(() -> eventOf(job) != null);
        assertThat(String.valueOf(eventOf(job))).doesNotContain(signature);
        for (String path : List.of("/jobs", "/jobs/" + job, "/jobs/" + job + "/events", "/jobs/" + job + "/errors")) {
            assertThat(Gateway.text(jobs.gateway().get(path))).as(path).doesNotContain(signature);
        }
        assertThat(new String(
                        freshet.storage().read(freshet.storage().folder(job) + "run.json"), StandardCharsets.UTF_8))
                .doesNotContain(signature);
        assertThat(freshet.storage().exists(freshet.storage().folder(job) + "access"))
                .as("the SAS, once the job has ended")
                .isFalse();
        freshet.services()
                .forEach(service -> assertThat(service.log(0))
                        .as("log of " + service.name())
                        .doesNotContain(signature));
    }

    @Test
    void aHostThatIsNotListedIsRefused() {
        String url = account.upload("unlisted", Text.bytes("a\n")).replace("localhost", "127.0.0.1");

        JsonNode problem = jobs.refusal(400, url + "?" + account.readSas("unlisted"));

        assertThat(problem.path("type").asText()).endsWith("host-not-allowed");
        assertThat(problem.path("detail").asText()).contains("localhost").doesNotContain("sig=");
    }

    @Test
    void aListedHostIsNotAskedWithoutTls() {
        String url = account.upload("plain", Text.bytes("a\n")).replace("https:", "http:");

        assertThat(jobs.refusal(400, url).path("type").asText()).endsWith("host-not-allowed");
    }

    @Test
    void ourKeyOpensNoForeignBlobAndOurOwnOfTheSameNameIsNotTakenForIt() {
        String url = account.upload("private", Text.bytes("theirs\n"));
        freshet.storage().upload("elsewhere", "private", Text.bytes("ours\n"));

        assertThat(jobs.refusal(400, url).path("type").asText()).endsWith("unreadable-input");
    }

    @Test
    void aPartIsNotComputedFromABlobThatChangedInTheMiddle() {
        Job job = submitOfTwoDistantParts("changing");

        account.upload("changing", Text.bytes("other\nlines\n"));
        freshet.program().open("changing");

        assertThat(job.awaitStatus("CompleteWithErrors").reason())
                .matches("1 of 2 parts failed: part [12]: The input https://localhost:.*")
                .endsWith("/changing has changed or gone since the job was submitted");
        assertThat(job.results()).isEqualTo(Program.results(List.of("wait:changing", FAR)));
    }

    @Test
    void aPartWhoseBlobIsGoneSaysSo() {
        Job job = submitOfTwoDistantParts("going");

        account.delete("going");
        freshet.program().open("going");

        assertThat(job.awaitStatus("CompleteWithErrors").reason())
                .endsWith("/going has changed or gone since the job was submitted");
    }

    /** Both parts wait for the name: the only worker has begun one of them, and has yet to read the other. */
    private static Job submitOfTwoDistantParts(String name) {
        String url = account.upload(name, Text.lines(List.of("wait:" + name, FAR, "wait:" + name, FAR)));
        Job job = jobs.submitReference(url + "?" + account.readSas(name), "handler=exec&itemsPerJob=2");
        freshet.program().awaitBegan(name, 1);
        return job;
    }

    private static JsonNode eventOf(Job job) {
        return topic.requests().stream()
                .map(request -> request.body().path(0))
                .filter(event -> event.path("data").path("id").asText().equals(job.toString()))
                .findFirst()
                .orElse(null);
    }
}

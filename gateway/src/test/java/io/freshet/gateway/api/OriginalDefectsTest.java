package io.freshet.gateway.api;

import io.freshet.harness.storage.Azurite;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** What the original job scheduler got wrong at its front door, by the numbers of the list of its defects. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class OriginalDefectsTest extends ApiScenario {

    @Test
    void defect1ResultsOfOnePartWereAlwaysTheWholeResults() {
        Run run = seeds.complete("first\n", "second\n", "third\n");
        String path = "/jobs/" + run.id() + "/results";
        request().get(path + "?part=2").then().statusCode(200).body(equalTo("second\n"));
        request().get(path).then().statusCode(200).body(equalTo("first\nsecond\nthird\n"));
    }

    @Test
    void defect7ALineOver64KiBFailedTheUpload() {
        byte[] input = Texts.utf8("{}\n" + "x".repeat((64 << 10) + 1) + "\n" + "y".repeat(1 << 20) + "\n{}\n");
        String id = accepted(post(input, "?itemsPerJob=1"));
        assertThat(lab.bytes(RunFiles.input(RunId.parse(id)))).isEqualTo(input);
        assertThat(lab.parts(id)).isEqualTo(Texts.parts(input, 1)).hasSize(4);
    }

    @Test
    void defect8ABadLineWasDroppedWithoutAWord() {
        String report = "{\"line\":3,\"reason\":\"unknown op '%'\",\"input\":\"{\\\"op\\\":\\\"%\\\"}\"}\n";
        Run run = seeds.running(1);
        seeds.doneWithErrors(run, 1, report);
        request().get("/jobs/" + run.id()).then().body("rejectedLines", equalTo(1));
        request().get("/jobs/" + run.id() + "/errors").then().statusCode(200).body(equalTo(report));
    }

    @Test
    void defect10AnswersHadNoContentType() {
        Run run = seeds.complete("a\n");
        post(Texts.lines(1), "").contentType("text/plain");
        request().get("/jobs").then().contentType("application/json");
        request().get("/jobs/" + run.id()).then().contentType("application/json");
        request().get("/jobs/" + run.id() + "/results").then().contentType(NDJSON);
        request().get("/jobs/" + run.id() + "/errors").then().contentType(NDJSON);
        request().get("/jobs/unknown").then().contentType(PROBLEM);
        request().get("/nowhere").then().statusCode(404).contentType(PROBLEM);
        request().put("/jobs").then().statusCode(405).contentType(PROBLEM);
    }

    @Test
    void defect10TheAccountKeyWasLogged() throws IOException {
        accepted(post(Texts.lines(1), ""));
        post(Texts.utf8("x".repeat(GatewayProfile.MAX_LINE + 1)), "").statusCode(413);
        String log = Files.readString(GatewayProfile.LOG);
        assertThat(log).contains("started in").contains("io.freshet.gateway.");
        assertThat(log).doesNotContain(Azurite.KEY, Azurite.KEY.substring(0, 20), "AccountKey");
    }

    @Test
    void defect11TheFieldsOfTheDocumentDifferedFromTheDescribedOnes() {
        Run run = seeds.running(3);
        request()
                .get("/jobs/" + run.id())
                .then()
                .body("parts", equalTo(3))
                .body("completions", equalTo(3))
                .body("runningOnAci", equalTo(false))
                .body("executionLocation", equalTo("cluster"));
    }
}

package io.freshet.gateway.api;

import io.freshet.harness.storage.Azurite;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

/** Storage does not answer, and then it does. */
@QuarkusTest
@TestProfile(StorageAwayProfile.class)
class StorageAwayTest {
    private static final String JOB = "/jobs/2026-11-8204547652209024975";
    private static final byte[] LINES = Texts.lines(3);

    /** Set from outside. */
    AwayStorage away;

    @ParameterizedTest
    @CsvSource({
        "GET, ''",
        "GET, /events",
        "GET, /results",
        "GET, /results?part=1",
        "GET, /errors",
        "POST, /cancel",
        "POST, /suspend",
        "POST, /resume",
        "POST, /rerun?failedOnly=true",
        "DELETE, ''"
    })
    void everyOperationOnAJobSaysWhenToTryAgain(String method, String path) {
        unavailable(given().request(method, JOB + path).then());
    }

    @Test
    void theListSaysWhenToTryAgain() {
        unavailable(given().get("/jobs").then());
    }

    @Test
    void aSubmissionSaysWhenToTryAgain() {
        unavailable(submission());
    }

    @Test
    void aSubmissionByReferenceSaysWhenToTryAgain() {
        String url = "http://127.0.0.1:" + away.blobPort() + "/" + Azurite.ACCOUNT + "/container/blob";
        unavailable(given().contentType("application/vnd.freshet.job+json")
                .body(Texts.utf8("{\"inputUrl\":\"" + url + "\"}"))
                .post("/jobs")
                .then());
    }

    @Test
    void whoSendsALargeBodyGetsTheAnswer() throws IOException {
        byte[] large = Texts.lines(300_000);
        try (RawClient client = RawClient.connect(RestAssured.port)) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: " + large.length + "\r\n\r\n")
                    .send(large);
            assertThat(client.head().status()).isEqualTo(503);
        }
    }

    @Test
    void theServiceLivesAndIsNotReady() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/ready").then().statusCode(503).body("status", equalTo("DOWN"));
    }

    @Test
    void badRequestsNeedNoStorageToBeRefused() {
        given().get("/jobs?limit=0").then().statusCode(400);
        given().get("/jobs/nonsense").then().statusCode(404);
    }

    @Test
    void everythingWorksWhenStorageComes() {
        unavailable(submission());
        try (Azurite azurite = Azurite.on(away.blobPort(), away.queuePort())) {
            assertThat(azurite.blobPort()).isEqualTo(away.blobPort());
            given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
            given().get("/jobs").then().statusCode(200).body("", hasSize(0));
            given().get(JOB).then().statusCode(404);
            submission().statusCode(202);
            given().get("/jobs").then().statusCode(200).body("", hasSize(1));
        }
    }

    private static ValidatableResponse submission() {
        return given().contentType("text/plain").body(LINES).post("/jobs").then();
    }

    private static void unavailable(ValidatableResponse response) {
        response.statusCode(503)
                .contentType(ApiScenario.PROBLEM)
                .header("Retry-After", matchesPattern("[1-9]\\d*"))
                .body("type", equalTo("urn:freshet:problem:storage-unavailable"))
                .body(not(containsString("Exception")))
                .body(not(containsString("\tat ")))
                .body(not(containsString("127.0.0.1")));
    }
}

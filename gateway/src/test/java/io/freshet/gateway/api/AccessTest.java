package io.freshet.gateway.api;

import io.freshet.testing.Patience;
import io.freshet.testing.StorageUnderTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

@QuarkusTest
@TestProfile(AccessProfile.class)
@Timeout(600)
class AccessTest {
    private static final String KEY = "X-Freshet-Key";

    /** Set from outside. */
    Issuer issuer;

    StorageUnderTest storage;
    private Lab lab;

    @BeforeEach
    void lookIntoStorage() {
        lab = new Lab(storage);
        Lab.now(lab.blobs().ensureContainer());
    }

    @Test
    void whoIsNotKnownLearnsWhatWouldLetThemIn() {
        ValidatableResponse answer = given().get("/jobs").then();

        answer.statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:freshet:problem:not-authenticated"))
                .body("detail", allOf(containsString(KEY), containsString(issuer.address())))
                .header("Retry-After", nullValue());
        assertThat(answer.extract().headers().getValues("WWW-Authenticate"))
                .hasSize(2)
                .anyMatch(challenge -> challenge.startsWith("ApiKey "))
                .anyMatch(challenge -> challenge.startsWith("Bearer ") && !challenge.contains("error"));
    }

    @Test
    void aTokenThatIsWrongIsSaidToBeWrong() {
        ValidatableResponse answer = given().auth()
                .oauth2(issuer.expired("someone", "freshet.read"))
                .get("/jobs")
                .then()
                .statusCode(401);

        assertThat(answer.extract().headers().getValues("WWW-Authenticate"))
                .anyMatch(challenge -> challenge.contains("invalid_token"));
    }

    @Test
    void whoMayNotIsToldSoWithoutBeingAskedAgain() {
        as(AccessProfile.READER)
                .body("a line\n")
                .post("/jobs")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:freshet:problem:not-allowed"))
                .header("WWW-Authenticate", nullValue())
                .header("Retry-After", nullValue());
    }

    @Test
    void twoKeysAreNone() {
        as(AccessProfile.READER)
                .header(KEY, AccessProfile.CI)
                .get("/jobs")
                .then()
                .statusCode(401);
    }

    @Test
    void aJobSaysWhoHasSubmittedIt() {
        String id = submitted(AccessProfile.CI);

        as(AccessProfile.READER).get("/jobs/" + id).then().statusCode(200).body("owner", equalTo("ci"));
        assertThat(lab.run(id).spec().owner()).isEqualTo("ci");
    }

    @Test
    void aTokensPrincipalIsItsSubjectAndNobodysKey() {
        String id = given().auth()
                .oauth2(issuer.token("ci", "freshet.submit"))
                .body("a line\n")
                .post("/jobs?handler=identity")
                .then()
                .statusCode(202)
                .extract()
                .asString();

        assertThat(lab.run(id).spec().owner()).isEqualTo("oidc:ci");
        as(AccessProfile.CI).post("/jobs/" + id + "/cancel").then().statusCode(403);
        given().auth()
                .oauth2(issuer.token("ci", "freshet.submit"))
                .post("/jobs/" + id + "/cancel")
                .then()
                .statusCode(200);
    }

    @Test
    void everybodyHasIdempotencyKeysOfTheirOwn() {
        String ours = keyed(AccessProfile.CI, "a line\n");

        assertThat(keyed(AccessProfile.CI, "a line\n")).isEqualTo(ours);
        assertThat(keyed(AccessProfile.OTHER, "another line\n")).isNotEqualTo(ours);
    }

    private static String keyed(String key, String lines) {
        return as(key).header("Idempotency-Key", "order-1")
                .body(lines)
                .post("/jobs?handler=identity")
                .then()
                .statusCode(202)
                .extract()
                .asString();
    }

    /** Before a byte of it is asked for, and before anything is written. */
    @Test
    void whoIsNotKnownIsRefusedBeforeTheBody() throws IOException {
        int before = lab.names("uploading/").size();
        try (RawClient client = RawClient.connect(RestAssured.port)) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n");

            assertThat(client.head().status()).isEqualTo(401);
        }
        assertThat(lab.names("uploading/")).hasSize(before);
    }

    @Test
    void aLargeUploadByTokenComesInWhole() {
        byte[] lines = "a line of some length\n".repeat(500_000).getBytes(StandardCharsets.UTF_8);

        String id = given().auth()
                .oauth2(issuer.token("uploader", "freshet.submit"))
                .contentType("application/x-ndjson")
                .body(lines)
                .post("/jobs?handler=identity")
                .then()
                .statusCode(202)
                .extract()
                .asString();

        assertThat(Lab.parts(lab.run(id)).lines()).isEqualTo(500_000);
    }

    /** A key is taken away, or given, without a new start. */
    @Test
    void theFileOfKeysIsReadAgain() {
        String late = "key-of-late-0123456789abcdefghijklmnopqrst";
        as(late).get("/jobs").then().statusCode(401);

        AccessProfile.write(
                AccessProfile.entry("boss", "admin", AccessProfile.BOSS), AccessProfile.entry("late", "read", late));
        within(() -> as(late).get("/jobs").then().statusCode(200));

        AccessProfile.write("half a fi");
        AccessProfile.write(AccessProfile.entry("boss", "admin", AccessProfile.BOSS));
        within(() -> as(late).get("/jobs").then().statusCode(401));
        as(AccessProfile.BOSS).get("/jobs").then().statusCode(200);
    }

    @Test
    void aStreamEndsWhenItsKeyIsTakenAway() throws Exception {
        String guest = "key-of-guest-0123456789abcdefghijklmnopqr";
        String boss = AccessProfile.entry("boss", "admin", AccessProfile.BOSS);
        AccessProfile.write(boss, AccessProfile.entry("guest", "read", guest));
        within(() -> as(guest).get("/jobs").then().statusCode(200));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/dashboard/events"))
                .header(KEY, guest)
                .build();
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream stream = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            assertThat(stream.read()).isPositive();

            AccessProfile.write(boss);

            assertTimeoutPreemptively(Duration.ofSeconds(30), stream::readAllBytes);
        }
    }

    private static void within(org.awaitility.core.ThrowingRunnable look) {
        Awaitility.await().atMost(Patience.LIMIT).untilAsserted(look);
    }

    @Test
    void aTicketOpensOneDownload() {
        String id = submitted(AccessProfile.CI);
        String path = "/jobs/" + id + "/errors";
        String ticket = as(AccessProfile.READER)
                .post("/tickets?path=" + path)
                .then()
                .statusCode(200)
                .extract()
                .path("ticket");

        given().get(path + "?ticket=" + ticket).then().statusCode(200);
        given().head(path + "?ticket=" + ticket).then().statusCode(200);
        given().get("/jobs/" + id + "/results?ticket=" + ticket).then().statusCode(401);
        given().get("/jobs/" + id + "?ticket=" + ticket).then().statusCode(401);
        given().post("/jobs/" + id + "/cancel?ticket=" + ticket).then().statusCode(401);
        given().get(path + "?ticket=" + ticket.substring(0, ticket.length() - 2) + "AA")
                .then()
                .statusCode(401);
        given().get(path + "?ticket=" + ticket.replaceFirst("^\\d+", "9999999999"))
                .then()
                .statusCode(401);
        given().get(path + "?ticket=" + ticket.replaceFirst("\\.r\\.", ".a."))
                .then()
                .statusCode(401);
    }

    @Test
    void linksHaveTheSystemKeyForWhoHasBroughtItAlone() {
        String start = "/api/orchestrators/ComputeOrchestrator?inputCount=1";
        String byKey = as(AccessProfile.CI)
                .post(start)
                .then()
                .statusCode(202)
                .extract()
                .asString();
        String byCode = given().header("x-functions-key", AccessProfile.SYSTEM)
                .post(start)
                .then()
                .statusCode(202)
                .extract()
                .asString();

        assertThat(byKey).doesNotContain("code=");
        assertThat(byCode).contains("code=");
    }

    @Test
    void orchestrationsRefuseInTheirOwnForm() {
        String instances = "/runtime/webhooks/durabletask/instances";

        assertThat(given().get(instances).then().statusCode(401).extract().asString())
                .isEmpty();
        as(AccessProfile.CI)
                .get(instances)
                .then()
                .statusCode(403)
                .contentType("application/json")
                .body("Message", containsString("right"));
    }

    /** Rights are asked of methods, so no spelling of a path is a way around them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /jobs;x=y",
                "POST /jobs;x=y",
                "DELETE /jobs;x/1",
                "GET /%6aobs",
                "GET //jobs",
                "GET /jobs/",
                "GET /./jobs",
                "GET /x/../jobs",
                "HEAD /jobs",
                "HEAD /jobs/2026-11-8204547905476472157",
                "GET /jobs%2f2026-11-8204547905476472157",
                "GET /dashboard;a/events",
                "GET /dashboard/runs;a=b",
                "GET /Runtime/Webhooks/DurableTask/Instances",
                "GET /runtime/webhooks/durabletask//instances",
                "GET /runtime/webhooks/durabletask/instances;x=y",
                "GET /runtime/webhooks/durabletask/instances/",
                "GET /%72untime/webhooks/durabletask/instances",
                "GET /runtime/webhooks;x=y/durabletask/instances",
                "POST /API/Orchestrators/ComputeOrchestrator",
                "GET /api;x=y/orchestrators/ComputeOrchestrator?inputCount=1",
                "GET http://x/jobs"
            })
    void noSpellingOfAPathIsAWayAround(String line) throws IOException {
        try (RawClient client = RawClient.connect(RestAssured.port)) {
            client.send(line + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");

            assertThat(client.head().status()).isIn(401, 404, 400, 405);
        }
    }

    @Test
    void whatIsPublicNeedsNoCredential() {
        given().get("/").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200);
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void whoComesInIsCountedAndWhoDoesNotToo() {
        as("nobody-has-this-key").get("/jobs").then().statusCode(401);
        as(AccessProfile.READER).get("/jobs").then().statusCode(200);

        given().get("/q/metrics")
                .then()
                .body(containsString("freshet_auth_total{mode=\"key\",result=\"refused\"}"))
                .body(containsString("freshet_auth_total{mode=\"key\",result=\"accepted\"}"));
    }

    @Test
    void theLogNamesWhoHasSentARequestAndNeverWhatLetThemIn() throws IOException {
        String token = issuer.token("logged", "freshet.submit");
        as(AccessProfile.CI).body("").post("/jobs").then().statusCode(400);
        given().auth().oauth2(token).body("").post("/jobs").then().statusCode(400);
        as("nobody-has-this-key").get("/jobs").then().statusCode(401);

        String log = Files.readString(GatewayProfile.LOG);
        assertThat(log)
                .contains("\"user\":\"ci\"")
                .contains("\"user\":\"oidc:logged\"")
                .doesNotContain(AccessProfile.CI, token, "nobody-has-this-key", AccessProfile.SYSTEM);
    }

    private static String submitted(String key) {
        return as(key).body("a line\n")
                .post("/jobs?handler=identity")
                .then()
                .statusCode(202)
                .extract()
                .asString();
    }

    private static RequestSpecification as(String key) {
        return given().header(KEY, key);
    }
}

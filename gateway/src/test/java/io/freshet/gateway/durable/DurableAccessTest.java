package io.freshet.gateway.durable;

import io.freshet.storage.BlobStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@TestProfile(DurableAccessProfile.class)
class DurableAccessTest {
    private static final String CODE = "code="
            + URLEncoder.encode(DurableAccessProfile.KEY, StandardCharsets.UTF_8)
                    .replace("+", "%20");
    private static final String START = "/api/orchestrators/ComputeOrchestrator?inputCount=3";

    @Inject
    BlobStore blobs;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orchestrators/ComputeOrchestrator?inputCount=3",
                "/API/Orchestrators/ComputeOrchestrator?inputCount=3&code=",
                "/runtime/webhooks/durabletask/instances?code=wrong",
                "/runtime/webhooks/durabletask/nowhere"
            })
    void nobodyComesInWithoutTheKey(String path) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(401);
    }

    @Test
    void theKeyIsInTheLinksAndTheyLetIn() {
        Response started = started(given());

        String status = started.jsonPath().getString("statusQueryGetUri");
        assertThat(status).contains("&code=");
        assertThat(started.header("Location")).isEqualTo(status);
        given().urlEncodingEnabled(false).get(status).then().statusCode(202);
    }

    @Test
    void anEventOfTheOriginalsFunctionIsTakenAndNotKept() {
        String id = started(given()).jsonPath().getString("id");

        raise(id, "computecomplete");
        raise(id, "Other");

        assertThat(blobs.list("events/" + id + "/", BlobStore.Listing.of(BlobStore.Listing.Detail.PLAIN))
                        .await()
                        .indefinitely()
                        .entries())
                .singleElement()
                .matches(event -> event.name().startsWith("events/" + id + "/other/"));
    }

    @Test
    void nobodysBlobsAreInputs() {
        String refused = start("{\"inputPrefix\":\"payroll/2026/\"}", 400);

        assertThat(refused).contains("payroll/2026/").contains("INPUTCONTAINERS");
        start("{\"inputPrefix\":\"input/of-somebody/\"}", 400);
        start("{\"inputPrefix\":\"lake/../payroll/\"}", 400);
        start("{\"inputPrefix\":\"lake/2026/\"}", 202);
    }

    private static String start(String input, int status) {
        return given().header("x-functions-key", DurableAccessProfile.KEY)
                .contentType("application/json")
                .body(input)
                .post("/api/orchestrators/ComputeOrchestrator")
                .then()
                .statusCode(status)
                .extract()
                .asString();
    }

    private static void raise(String id, String event) {
        given().header("x-functions-key", DurableAccessProfile.KEY)
                .contentType("application/json")
                .body("\"output/" + id + "/0.json\"")
                .post("/runtime/webhooks/durabletask/instances/" + id + "/raiseEvent/" + event)
                .then()
                .statusCode(202);
    }

    @Test
    void theKeyMayComeInAHeader() {
        given().header("x-functions-key", DurableAccessProfile.KEY)
                .get("/runtime/webhooks/durabletask/instances/nobody")
                .then()
                .statusCode(404);
    }

    @Test
    void linksBeginWithWhatTheProxySays() {
        Response started =
                started(given().header("X-Forwarded-Host", "public.example").header("X-Forwarded-Proto", "https"));

        assertThat(started.jsonPath().getString("statusQueryGetUri")).startsWith("https://public.example/runtime/");
    }

    @Test
    void linksNeverBeginWithWhatTheClientWrites() {
        Response started = started(given().header("Host", "evil.example"));

        assertThat(started.jsonPath().getString("statusQueryGetUri"))
                .startsWith("http://127.0.0.1:" + RestAssured.port + "/runtime/");
    }

    @Test
    void theInputThatAStarterIsGivenIsKept() {
        String status = started(given()).jsonPath().getString("statusQueryGetUri");

        given().urlEncodingEnabled(false)
                .get(status)
                .then()
                .body("input", equalTo(3))
                .body("runtimeStatus", equalTo("Pending"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orchestrators/ComputeOrchestrator?",
                "/api/orchestrators/ComputeOrchestrator?inputCount=many&",
                "/api/orchestrators/ComputeOrchestrator?inputCount=-1&",
                "/api/orchestrators/ComputeOrchestrator?inputCount=9999999999&"
            })
    void whatIsNoCountStartsNothing(String path) {
        given().urlEncodingEnabled(false)
                .post(path + CODE)
                .then()
                .statusCode(400)
                .body("Message", not(blankOrNullString()));
    }

    private static Response started(RequestSpecification request) {
        return request.urlEncodingEnabled(false)
                .post(START + "&" + CODE)
                .then()
                .statusCode(202)
                .extract()
                .response();
    }
}

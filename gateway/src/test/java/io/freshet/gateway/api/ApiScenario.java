package io.freshet.gateway.api;

import io.freshet.testing.StorageUnderTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** What the tests of the API share: one gateway, and the rule that whatever it answers is in its OpenAPI document. */
@Timeout(600)
abstract class ApiScenario {
    static final String PROBLEM = "application/problem+json";
    static final String NDJSON = "application/x-ndjson";
    private static final RestAssuredConfig BYTES_AS_THEY_ARE = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private static Answers answers = new Answers();
    private static Map<String, Map<String, Map<String, Object>>> described = Map.of();

    /** Set from outside. */
    StorageUnderTest storage;

    Lab lab;
    Seeds seeds;

    @BeforeAll
    static void startNoting() {
        answers = new Answers();
        described = Map.of();
    }

    @BeforeEach
    void lookIntoStorage() {
        lab = new Lab(storage);
        seeds = new Seeds(lab);
    }

    @BeforeEach
    void readWhatIsDescribed() {
        if (described.isEmpty()) {
            described = given().get("/q/openapi?format=json").jsonPath().getMap("paths");
        }
    }

    @AfterAll
    static void everyAnswerIsDescribed() {
        assertThat(answers.missingFrom(described))
                .as("answers that were seen and are not in the OpenAPI document")
                .isEmpty();
    }

    static RequestSpecification request() {
        return given().config(BYTES_AS_THEY_ARE).urlEncodingEnabled(true).filter(answers);
    }

    static Answers answers() {
        return answers;
    }

    static int port() {
        return RestAssured.port;
    }

    static ValidatableResponse post(byte[] lines, String query) {
        return request().contentType(NDJSON).body(lines).post("/jobs" + query).then();
    }

    static String accepted(ValidatableResponse response) {
        return response.statusCode(202).extract().asString();
    }

    /** A problem of this type, as RFC 9457 wants it. */
    static ValidatableResponse problem(ValidatableResponse response, int status, String type) {
        return response.statusCode(status)
                .contentType(PROBLEM)
                .body("status", equalTo(status))
                .body("type", equalTo("urn:freshet:problem:" + type))
                .body("title", org.hamcrest.Matchers.not(org.hamcrest.Matchers.blankOrNullString()));
    }
}

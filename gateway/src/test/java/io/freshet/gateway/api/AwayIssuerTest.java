package io.freshet.gateway.api;

import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

@QuarkusTest
@TestProfile(AwayIssuerProfile.class)
@Timeout(600)
class AwayIssuerTest {
    /** Set from outside. */
    Issuer issuer;

    /** Nobody is refused because of what nobody can tell; and the gateway serves those who have keys meanwhile. */
    @Test
    void tokensAreTakenWhenTheKeysCanBeFetched() {
        String token = issuer.token("someone", "freshet.read");

        given().auth()
                .oauth2(token)
                .get("/jobs")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:freshet:problem:issuer-unavailable"));
        given().auth()
                .oauth2(token)
                .get("/runtime/webhooks/durabletask/instances")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue());
        given().header("X-Freshet-Key", AccessProfile.READER)
                .get("/jobs")
                .then()
                .statusCode(200);

        issuer.answers(true);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .untilAsserted(
                        () -> given().auth().oauth2(token).get("/jobs").then().statusCode(200));
    }
}

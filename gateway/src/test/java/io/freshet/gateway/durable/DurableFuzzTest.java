package io.freshet.gateway.durable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is sent, it is never the gateway's mistake. */
@QuarkusTest
@TestProfile(DurableProfile.class)
class DurableFuzzTest {
    private static final int REQUESTS = 1_500;
    private static final List<String> METHODS = List.of("GET", "POST", "POST", "POST", "DELETE", "PUT", "HEAD");
    private static final List<String> SEGMENTS = List.of(
            "orchestrators",
            "instances",
            "INSTANCES",
            "Echo",
            "WaitForEvent",
            "FailingOrchestrator",
            "f-1",
            "f-2",
            "f-2",
            "raiseEvent",
            "Go",
            "terminate",
            "suspend",
            "resume",
            "rewind",
            "restart",
            "restartWithOptions",
            "",
            ".",
            "..",
            "%2e%2e",
            "%00",
            "%",
            "%zz",
            "a%2Fb",
            "@x",
            "ö",
            "%F0%9F%98%80",
            "a".repeat(300),
            "entities",
            "makeprimary");
    private static final List<String> PARAMETERS = List.of(
            "runtimeStatus",
            "createdTimeFrom",
            "createdTimeTo",
            "instanceIdPrefix",
            "top",
            "showHistory",
            "reason",
            "showInput",
            "showHistoryOutput",
            "newInstanceId",
            "restartWithNewInstanceId",
            "version",
            "inputCount",
            "timeout");
    private static final List<String> VALUES = List.of(
            "true",
            "FALSE",
            "Completed",
            "Running,Failed",
            "2026-01-01",
            "2026-01-01T00:00:00Z",
            "-1",
            "0",
            "1",
            "99999999999",
            "NaN",
            "%00",
            "%",
            "%ff",
            "",
            "f-",
            "x".repeat(2_000),
            "1e999",
            "2026-02-30T00:00:00Z",
            "+999999999-12-31T23:59:59Z");
    private static final List<String> BODIES = List.of(
            "",
            " ",
            "1",
            "{",
            "}",
            "[",
            "null",
            "\"",
            "\"\\ud800\"",
            "{\"a\":{\"b\":[1,2]}}",
            "1e99999",
            "'x'",
            "NaN",
            "\u0000",
            "{\"inputs\":[1,2]}",
            "[".repeat(3_000),
            "//",
            "/*");

    private final Random random = new Random(7);

    @Test
    void nothingIsTheGatewaysMistake() {
        RawHttp http = new RawHttp(RestAssured.port);
        for (int i = 0; i < REQUESTS; i++) {
            ObjectNode request = request();
            Reply reply = http.send(request);

            assertThat(reply.status()).as("%s", request).isLessThan(500);
        }
    }

    private ObjectNode request() {
        StringBuilder path =
                new StringBuilder(random.nextInt(5) == 0 ? "/api/orchestrators" : "/runtime/webhooks/durabletask");
        for (int i = random.nextInt(5); i >= 0; i--) {
            path.append('/').append(one(SEGMENTS));
        }
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append(one(PARAMETERS)).append('=').append(one(VALUES)).append('&');
        }
        String body = one(BODIES);
        ObjectNode request = Exchange.JSON.createObjectNode();
        request.put("method", one(METHODS))
                .put("path", path.toString())
                .put("query", query.toString())
                .put("body", body);
        request.putObject("headers")
                .put("Host", "durable.example")
                .put("Content-Type", random.nextInt(4) == 0 ? "text/plain; charset=klingon" : "application/json")
                .put("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
        return request;
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

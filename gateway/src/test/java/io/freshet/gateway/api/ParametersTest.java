package io.freshet.gateway.api;

import io.freshet.run.Run;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

/** What an operation would drop without a word is refused by all of them. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class ParametersTest extends ApiScenario {
    private static final byte[] LINES = Texts.lines(2);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /jobs                    | POST /jobs takes aci, gpu, gpuQuantity, handler, itemsPerJob, name
            GET    | /jobs                    | GET /jobs takes limit, page, status
            GET    | /jobs/{id}               | GET /jobs/{id} takes no parameters
            DELETE | /jobs/{id}               | DELETE /jobs/{id} takes no parameters
            POST   | /jobs/{id}/cancel        | POST /jobs/{id}/cancel takes no parameters
            POST   | /jobs/{id}/suspend       | POST /jobs/{id}/suspend takes no parameters
            POST   | /jobs/{id}/resume        | POST /jobs/{id}/resume takes no parameters
            POST   | /jobs/{id}/rerun         | POST /jobs/{id}/rerun takes failedOnly
            GET    | /jobs/{id}/events        | GET /jobs/{id}/events takes no parameters
            GET    | /jobs/{id}/results       | GET /jobs/{id}/results takes part, ticket
            GET    | /jobs/{id}/errors        | GET /jobs/{id}/errors takes part, ticket
            """)
    void anUnknownParameterIsNamedWithThoseThatThereAre(String method, String path, String known) {
        Run run = lab.run(seeds.running(1).id().toString());

        problem(send(method, path.replace("{id}", run.id().toString()) + "?handlr=words"), 400, "bad-parameter")
                .body("detail", equalTo("handlr is not known: " + known));
        assertThat(lab.run(run.id().toString())).isEqualTo(run);
    }

    /** Every parameter of the document, in every operation: a new one is held to the same. */
    @Test
    void everyParameterIsRefusedIfItIsGivenTwiceOrEmpty() {
        String id = seeds.running(1).id().toString();
        Map<String, Map<String, Map<String, Object>>> paths =
                request().get("/q/openapi?format=json").jsonPath().getMap("paths");
        paths.keySet().removeIf(path -> !path.startsWith("/jobs"));
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            for (String name : query(operation)) {
                String target = path.replace("{id}", id) + "?" + name;
                problem(send(method.toUpperCase(), target + "=1&" + name + "=1"), 400, "bad-parameter")
                        .body("detail", equalTo(name + " is given 2 times: give it once"));
                problem(send(method.toUpperCase(), target + "="), 400, "bad-parameter")
                        .body("detail", startsWith(name + " is empty"));
                problem(send(method.toUpperCase(), target), 400, "bad-parameter")
                        .body("detail", startsWith(name + " is empty"));
            }
        }));
    }

    @SuppressWarnings("unchecked")
    private static List<String> query(Map<String, Object> operation) {
        List<Map<String, String>> parameters =
                (List<Map<String, String>>) operation.getOrDefault("parameters", List.of());
        return parameters.stream()
                .filter(parameter -> parameter.get("in").equals("query"))
                .map(parameter -> parameter.get("name"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST /jobs         | Idempotency-Key: a | Idempotency-Key: b
            POST /jobs         | Content-Type: a/b  | Content-Type: a/b
            GET /jobs/{id}/results | Range: bytes=0-1 | Range: bytes=2-3
            GET /jobs/{id}/results | If-Range: "a"    | If-Range: "b"
            """)
    void aHeaderThatIsReadIsRefusedIfItIsGivenTwice(String line, String first, String second) throws IOException {
        String name = first.substring(0, first.indexOf(':'));

        assertThat(refusal(line, first + "\r\n" + second)).contains("\"detail\":\"" + name + " is given 2 times");
    }

    @ParameterizedTest
    @CsvSource({"POST /jobs, Idempotency-Key", "GET /jobs/{id}/results, Range", "GET /jobs/{id}/results, If-None-Match"
    })
    void aHeaderThatIsReadIsRefusedIfItIsEmpty(String line, String name) throws IOException {
        assertThat(refusal(line, name + ":")).contains("\"detail\":\"" + name + " is empty");
    }

    @Test
    void aHeaderThatNobodyReadsMayBeAnything() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("GET /jobs HTTP/1.1\r\nHost: x\r\nIdempotency-Key:\r\nX-Any: 1\r\nX-Any: 2\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/jobs?limit=0, limit, '0'",
        "/jobs?status=complete, status, 'complete'",
        "/jobs?page=xyz, page, 'start again without page'",
        "/jobs?page=xyz, page, 'xyz'"
    })
    void aBadValueIsRepeated(String path, String parameter, String repeated) {
        problem(request().get(path).then(), 400, "bad-parameter")
                .body("detail", startsWith(parameter + " "))
                .body("detail", containsString(repeated));
    }

    @ParameterizedTest
    @CsvSource({"handler=a%20b, 'a b'", "gpu=a%20b, 'a b'", "aci=7, '7'", "gpu=a&gpuQuantity=x, 'x'"})
    void aBadValueOfASubmissionIsRepeated(String query, String repeated) {
        ValidatableResponse answer = request()
                .urlEncodingEnabled(false)
                .contentType(NDJSON)
                .body(LINES)
                .post("/jobs?" + query)
                .then();
        problem(answer, 400, "bad-parameter").body("detail", containsString("'" + repeated + "'"));
    }

    private static ValidatableResponse send(String method, String path) {
        return request().urlEncodingEnabled(false).request(method, path).then();
    }

    private String refusal(String line, String headers) throws IOException {
        String request = line.replace("{id}", seeds.complete("a\n").id().toString());
        try (RawClient client = RawClient.connect(port())) {
            client.send(request + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\nContent-Length: 0\r\n\r\n");
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(400);
            return client.text(head.contentLength());
        }
    }
}

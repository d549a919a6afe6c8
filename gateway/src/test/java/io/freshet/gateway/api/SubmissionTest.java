package io.freshet.gateway.api;

import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.MultiPartSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static io.freshet.gateway.api.Texts.gzip;
import static io.freshet.gateway.api.Texts.lines;
import static io.freshet.gateway.api.Texts.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

/** Ways in which lines come in. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class SubmissionTest extends ApiScenario {
    private static final byte[] LINES = lines(25);
    private static final byte[] OTHER = lines(3);

    @ParameterizedTest
    @ValueSource(strings = {NDJSON, "text/plain", "application/octet-stream", "application/json", "image/png"})
    void aRawBodyOfAnyContentTypeIsTheLines(String type) {
        String id =
                accepted(request().contentType(type).body(LINES).post("/jobs").then());
        assertThat(input(id)).isEqualTo(LINES);
    }

    /** What curl says of {@code --data-binary} is not to be believed. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: application/x-www-form-urlencoded\r\n"})
    void aRawBodyWithoutItsContentTypeIsTheLines(String header) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: " + LINES.length + "\r\n" + header + "\r\n")
                    .send(LINES);
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(202);
            assertThat(input(client.text(head.contentLength()))).isEqualTo(LINES);
        }
    }

    @Test
    void theAnswerIsTheIdAsTextWithItsLocation() {
        ValidatableResponse response = post(LINES, "").statusCode(202).contentType("text/plain");
        String id = response.extract().asString();
        assertThat(RunId.parse(id)).hasToString(id);
        response.header("Location", endsWith("/jobs/" + id));
        String location = response.extract().header("Location");
        request().get(URI.create(location)).then().statusCode(200).body("id", equalTo(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;q=0.9",
                "application/json; charset=utf-8",
                "application/json, text/plain;q=0.5",
                "application/*"
            })
    void theAnswerIsJsonForWhoAcceptsJson(String accept) {
        ValidatableResponse response = request()
                .accept(accept)
                .contentType(NDJSON)
                .body(LINES)
                .post("/jobs")
                .then()
                .statusCode(202)
                .contentType("application/json");
        assertThat(lab.find(response.extract().jsonPath().getString("id"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "*/*", "text/*", "text/plain, application/json;q=0.5"})
    void theAnswerIsTextForAllOthers(String accept) {
        request()
                .accept(accept)
                .contentType(NDJSON)
                .body(LINES)
                .post("/jobs")
                .then()
                .statusCode(202)
                .contentType("text/plain");
    }

    @Test
    void thePartNamedFileIsTheLines() {
        String id = accepted(form(part("file", "lines.jsonl", LINES)));
        assertThat(input(id)).isEqualTo(LINES);
    }

    @Test
    void severalFilesAreOneInputInTheirOrder() {
        byte[] large = lines(200_000);
        String id = accepted(form(
                part("upload", "a.jsonl", utf8("a\nb")),
                part("file", "b.jsonl.gz", gzip(large)),
                part("file", "empty", new byte[0]),
                part("last", "c.jsonl", OTHER)));
        byte[] expected = utf8("a\nb\n" + new String(large, UTF_8) + new String(OTHER, UTF_8));
        assertThat(input(id)).isEqualTo(expected);
        assertThat(lab.parts(id)).isEqualTo(Texts.parts(expected, 100_000));
    }

    @Test
    void aRawBodyIsUnpackedByItsContentEncoding() {
        ValidatableResponse response = request()
                .contentType(NDJSON)
                .header("Content-Encoding", "gzip")
                .body(gzip(LINES))
                .post("/jobs?itemsPerJob=10")
                .then();
        String id = accepted(response);
        assertThat(input(id)).isEqualTo(LINES);
        assertThat(lab.parts(id)).isEqualTo(Texts.parts(LINES, 10));
        assertThat(Lab.parts(lab.run(id)).bytes()).isEqualTo(LINES.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines.jsonl.gz", "LINES.JSONL.GZ", "lines.jsonl", "lines"})
    void aFileIsUnpackedByItsContentWhateverItsName(String name) {
        assertThat(input(accepted(form(part("file", name, gzip(LINES)))))).isEqualTo(LINES);
        assertThat(input(accepted(form(part("file", name, LINES))))).isEqualTo(LINES);
    }

    @ParameterizedTest
    @ValueSource(strings = {NDJSON, "text/plain", "application/gzip", "application/json"})
    void aRawBodyIsUnpackedByItsContentWithoutAnyHeader(String type) {
        String id = accepted(
                request().contentType(type).body(gzip(LINES)).post("/jobs").then());
        assertThat(input(id)).isEqualTo(LINES);
    }

    @Test
    void severalBlocksPassWhole() {
        byte[] large = lines(250_000);
        assertThat(large.length).isGreaterThan(3 * (4 << 20) / 2);
        String id = accepted(post(large, "?itemsPerJob=7000"));
        assertThat(input(id)).isEqualTo(large);
        assertThat(lab.parts(id)).isEqualTo(Texts.parts(large, 7000));
    }

    @Test
    void aBodyOfUnknownLengthAndAnExpectationIsTaken() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/jobs"))
                    .expectContinue(true)
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LINES)))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(input(response.body())).isEqualTo(LINES);
        }
    }

    @Test
    void chunksOfAllSizesAreJoined() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.chunk(utf8("a\r"))
                    .chunk(utf8("\n"))
                    .chunk(utf8("b"))
                    .chunk(LINES)
                    .lastChunk();
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(202);
            assertThat(input(client.text(head.contentLength())))
                    .startsWith(utf8("a\r\nb"))
                    .endsWith(LINES);
        }
    }

    @Test
    void whoExpectsToBeToldToContinueIsToldBeforeTheBody() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " + LINES.length
                    + "\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(100);
            assertThat(client.send(LINES).head().status()).isEqualTo(202);
        }
    }

    @Test
    void whoExpectsToBeToldToContinueIsSparedABodyThatWouldBeRefused() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs?itemsPerJob=0 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                    + "Content-Length: 1000000\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(400);
        }
    }

    @Test
    void whatIsAskedForIsKeptInTheRun() {
        String id = accepted(request()
                .queryParam("name", "My job & co. 👍")
                .contentType(NDJSON)
                .body(LINES)
                .post("/jobs?handler=exec&itemsPerJob=7&aci=0&gpu=a100&gpuQuantity=3")
                .then());
        request()
                .get("/jobs/" + id)
                .then()
                .body("handler", equalTo("exec"))
                .body("name", equalTo("My job & co. 👍"))
                .body("runningOnAci", equalTo(false))
                .body("executionLocation", equalTo("cluster"))
                .body("gpu", equalTo("a100"))
                .body("gpuQuantity", equalTo(3))
                .body("parts", equalTo(4));
        assertThat(Lab.parts(lab.run(id)).linesPerPart()).isEqualTo(7);
    }

    private byte[] input(String id) {
        return lab.bytes(RunFiles.input(RunId.parse(id)));
    }

    static MultiPartSpecification part(String name, String fileName, byte[] content) {
        return new MultiPartSpecBuilder(content)
                .controlName(name)
                .fileName(fileName)
                .mimeType("application/octet-stream")
                .build();
    }

    static ValidatableResponse form(MultiPartSpecification... parts) {
        var request = request();
        for (MultiPartSpecification part : parts) {
            request.multiPart(part);
        }
        return request.post("/jobs").then();
    }
}

package io.freshet.gateway.api;

import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import static io.freshet.gateway.api.Texts.gzip;
import static io.freshet.gateway.api.Texts.lines;
import static io.freshet.gateway.api.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

/** Submissions that are not taken, and what they leave: nothing that runs. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class RefusalTest extends ApiScenario {
    private static final byte[] LINES = lines(5);
    private static final String TOO_LONG = "x".repeat(GatewayProfile.MAX_LINE + 1);

    private List<String> before = List.of();
    private List<String> markedBefore = List.of();

    @BeforeEach
    void remember() {
        Lab.now(lab.blobs().ensureContainer());
        before = lab.folders();
        markedBefore = lab.names("active/");
    }

    @ParameterizedTest
    @CsvSource({
        "itemsPerJob=0, itemsPerJob",
        "itemsPerJob=-1, itemsPerJob",
        "itemsPerJob=abc, itemsPerJob",
        "itemsPerJob=1.5, itemsPerJob",
        "itemsPerJob=99999999999, itemsPerJob",
        "aci=2, aci",
        "aci=true, aci",
        "gpuQuantity=1, gpuQuantity",
        "gpu=a100&gpuQuantity=0, gpuQuantity",
        "gpu=a%20b, gpu",
        "aci=1&gpu=K80&gpuQuantity=1, gpu",
        "handler=../../bin/sh, handler",
        "handler=a%20b, handler"
    })
    void aBadParameterIsNamed(String query, String parameter) {
        ValidatableResponse response = request()
                .urlEncodingEnabled(false)
                .contentType(NDJSON)
                .body(LINES)
                .post("/jobs?" + query)
                .then();
        problem(response, 400, "bad-parameter").body("detail", startsWith(parameter + " "));
        assertNothingIsLeft();
    }

    @Test
    void aFormOrAMethodThatThereIsNotIsRefusedInAClientsWords() {
        problem(request().accept("image/png").get("/jobs").then(), 406, "request-refused")
                .body(
                        "detail",
                        equalTo("GET /jobs answers with application/json, which Accept 'image/png' does not allow"));
        problem(request().put("/jobs").then(), 405, "request-refused")
                .body("detail", equalTo("This resource does not take the method PUT; it has GET, HEAD, OPTIONS, POST"));
        problem(request().get("/jobs/2026-11-1/cancel").then(), 405, "request-refused")
                .body("detail", equalTo("This resource does not take the method GET; it has OPTIONS, POST"));
        problem(request().get("/nowhere").then(), 404, "not-found").body("detail", containsString("'/nowhere'"));
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        problem(post(LINES, "?name=" + "n".repeat(201)), 400, "bad-parameter").body("detail", startsWith("name "));
        accepted(post(LINES, "?name=" + "n".repeat(200)));
    }

    /** Sent as it stands here: clients drop what is empty. */
    @ParameterizedTest
    @CsvSource({
        "/jobs?itemsPerJob=, X-Any: x, itemsPerJob",
        "/jobs?aci=, X-Any: x, aci",
        "/jobs?handler=, X-Any: x, handler",
        "/jobs, Idempotency-Key:, Idempotency-Key"
    })
    void anEmptyParameterIsNamed(String path, String header, String parameter) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n" + header + "\r\n\r\n{}\n");
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(400);
            assertThat(client.text(head.contentLength())).contains("\"detail\":\"" + parameter + " ");
        }
    }

    @Test
    void anIdempotencyKeyThatIsTooLongIsRefused() {
        ValidatableResponse response = request()
                .header("Idempotency-Key", "k".repeat(256))
                .contentType(NDJSON)
                .body(LINES)
                .post("/jobs")
                .then();
        problem(response, 400, "bad-parameter").body("detail", startsWith("Idempotency-Key "));
        assertNothingIsLeft();
    }

    @Test
    void damagedGzipIsRefused() {
        byte[] damaged = gzip(lines(1000));
        damaged[damaged.length / 2] ^= 0x55;
        problem(packed(damaged), 400, "malformed-body").body("detail", containsString("gzip"));
        assertNothingIsLeft();
    }

    @Test
    void gzipThatIsCutOffIsRefused() {
        byte[] whole = gzip(lines(1000));
        problem(packed(Arrays.copyOf(whole, whole.length - 9)), 400, "malformed-body");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "deflate", "gzip, gzip", "gzip, br"})
    void anUnknownContentEncodingIsRefused(String encoding) {
        ValidatableResponse response = request()
                .contentType(NDJSON)
                .header("Content-Encoding", encoding)
                .body(LINES)
                .post("/jobs")
                .then();
        problem(response, 415, "unsupported-format")
                .body("detail", containsString("'" + encoding + "'"))
                .body("detail", containsString("gzip"));
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "504b0304140000000000, a zip archive",
        "28b52ffd2004, zstd data",
        "fd377a585a000004, xz data",
        "425a6839314159265359, bzip2 data",
        "fffe7b0022006900, UTF-16 text",
        "7b00000022000000, UTF-32 text"
    })
    void aBodyOfAnotherFormatIsRefusedByItsName(String hex, String name) {
        byte[] body = HexFormat.of().parseHex(hex);
        problem(post(body, ""), 415, "unsupported-format").body("detail", startsWith("The body is " + name));
        problem(packed(gzip(body)), 415, "unsupported-format").body("detail", containsString(name));
        assertNothingIsLeft();
    }

    @Test
    void aBodyThatIsSaidToBeGzipAndIsNotIsRefusedWithTheRemedy() {
        problem(packed(LINES), 400, "malformed-body")
                .body("detail", startsWith("The body is not gzip data, but Content-Encoding says so"))
                .body("detail", containsString("leave this header out"));
        assertNothingIsLeft();
    }

    @Test
    void whatWasPackedTwiceIsRefused() {
        problem(packed(gzip(gzip(LINES))), 415, "unsupported-format").body("detail", containsString("once"));
        problem(post(gzip(gzip(LINES)), ""), 415, "unsupported-format").body("detail", containsString("once"));
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8", "text/json", "application/hal+json"})
    void aReferenceThatIsSentAsJsonIsRefusedWithTheRemedy(String type) {
        byte[] document = utf8(" {\n  \"inputUrl\" : \"https://host/container/blob\"\n}\n");
        problem(request().contentType(type).body(document).post("/jobs").then(), 415, "unsupported-format")
                .body("detail", containsString("application/vnd.freshet.job+json"));
        assertNothingIsLeft();
        accepted(post(document, ""));
    }

    @Test
    void anInputWithoutLinesIsRefused() {
        problem(post(new byte[0], ""), 400, "no-input");
        problem(post(utf8("\uFEFF"), ""), 400, "no-input");
        problem(packed(gzip(new byte[0])), 400, "no-input");
        assertNothingIsLeft();
    }

    @Test
    void aLineOverTheLimitIsNamedAndNothingIsLeft() {
        problem(post(utf8("a\nb\n" + TOO_LONG + "\nc\n"), ""), 413, "line-too-long")
                .body("detail", containsString("ine 3 "));
        assertNothingIsLeft();
    }

    @Test
    void aLineOfExactlyTheLimitIsTaken() {
        accepted(post(utf8("a\n" + TOO_LONG.substring(1) + "\n"), ""));
    }

    @Test
    void aLineOverTheLimitIsFoundWhenUnpacked() {
        problem(packed(gzip(utf8("a\n" + TOO_LONG))), 413, "line-too-long").body("detail", containsString("ine 2 "));
        assertNothingIsLeft();
    }

    /** Many clients read the answer only when they have sent everything. */
    @Test
    void whoSendsOnAfterALineThatIsTooLongGetsTheAnswer() throws IOException {
        problemFor("", utf8("a\n" + TOO_LONG + "\nc\n".repeat(4_000_000)), 413);
    }

    @Test
    void whoSendsAFormOnAfterALineThatIsTooLongGetsTheAnswer() throws IOException {
        byte[] form = form("file", "a.jsonl", utf8("a\n" + TOO_LONG + "\nc\n".repeat(4_000_000)));
        problemFor("Content-Type: multipart/form-data; boundary=b\r\n", form, 413);
    }

    @Test
    void whoSendsALargeBodyOfUnknownEncodingGetsTheAnswer() throws IOException {
        problemFor("Content-Encoding: br\r\n", new byte[16 << 20], 415);
    }

    @Test
    void whoSendsALargeBodyWithABadParameterGetsTheAnswer() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs?aci=7 HTTP/1.1\r\nHost: x\r\nContent-Length: " + (16 << 20) + "\r\n\r\n");
            sendAsFarAsTaken(client, new byte[16 << 20]);
            assertThat(client.head().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 6 << 20})
    void aClientThatGoesAwayLeavesNothing(int sent) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: " + (20 << 20) + "\r\n\r\n")
                    .send("{}\n".repeat(sent / 3));
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> !lab.names("uploading/").isEmpty());
            client.abort();
        }
        assertThatNothingStays();
    }

    @Test
    void aChunkedUploadThatIsCutOffLeavesNothing() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .chunk(LINES);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> !lab.names("uploading/").isEmpty());
        }
        assertThatNothingStays();
    }

    private void assertThatNothingStays() {
        Awaitility.await().atMost(Patience.LIMIT).untilAsserted(() -> {
            assertThat(lab.names("uploading/")).isEmpty();
            assertNothingIsLeft();
        });
    }

    private void assertNothingIsLeft() {
        assertThat(lab.names("").stream()
                        .filter(name -> name.matches("\\d{4}-\\d{2}/.*"))
                        .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                        .distinct())
                .isSubsetOf(before);
        assertThat(lab.names("active/")).isSubsetOf(markedBefore);
    }

    private ValidatableResponse packed(byte[] body) {
        return request()
                .contentType(NDJSON)
                .header("Content-Encoding", "gzip")
                .body(body)
                .post("/jobs")
                .then();
    }

    private static byte[] form(String name, String fileName, byte[] content) {
        return utf8("--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                + new String(content, StandardCharsets.UTF_8) + "\r\n--b--\r\n");
    }

    /** Sends all of it before it reads anything. */
    private static void problemFor(String headers, byte[] body, int status) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n" + headers + "\r\n");
            sendAsFarAsTaken(client, body);
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(status);
            assertThat(head.headers()).containsEntry("content-type", PROBLEM);
            answers().note("POST", "/jobs", head.status());
        }
    }

    /** A server that has answered may end the connection; one that neither takes nor answers hangs here. */
    private static void sendAsFarAsTaken(RawClient client, byte[] body) throws IOException {
        try {
            client.send(body);
        } catch (SocketException e) {
            assertThat(e).hasMessageMatching(".*(reset|Broken pipe).*");
        }
    }
}

package io.freshet.gateway.api;

import io.freshet.run.Items.RunInput;
import io.freshet.run.Run;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

import static io.freshet.gateway.api.Texts.lines;
import static io.freshet.gateway.api.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

/** Inputs that lie in storage already. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class ReferenceTest extends ApiScenario {
    private static final String TYPE = "application/vnd.freshet.job+json";
    private static final byte[] LINES = lines(25);

    private final String elsewhere = GatewayProfile.OPEN;

    @Test
    void theBlobIsSplitWhereItIs() {
        String url = lab.probe().upload(elsewhere, "in/lines.jsonl", LINES);
        String id = accepted(refer("{\"inputUrl\":\"" + url + "\"}", "?itemsPerJob=10"));
        Run run = lab.run(id);

        assertThat(lab.parts(id)).isEqualTo(Texts.parts(LINES, 10));
        assertThat(Lab.parts(run).bytes()).isEqualTo(LINES.length);
        assertThat(Lab.parts(run).lines()).isEqualTo(25);
        assertThat(Lab.parts(run).input()).isInstanceOfSatisfying(RunInput.Referenced.class, input -> {
            assertThat(input.url()).isEqualTo(url);
            assertThat(input.etag()).isNotEmpty();
        });
        assertThat(lab.exists(RunFiles.input(run.id()))).as("a copy").isFalse();
        assertThat(lab.exists(RunFiles.active(run.id()))).isTrue();
        assertThat(lab.announcements(id)).isEqualTo(1);
    }

    @Test
    void aBlobOfSeveralRangesIsCoveredWhole() {
        byte[] large = lines(200_000);
        assertThat(large.length).isGreaterThan(2 * (4 << 20));
        String url = lab.probe().upload(elsewhere, "large.jsonl", large);
        String id = accepted(refer("{\"inputUrl\":\"" + url + "\"}", "?itemsPerJob=30000"));
        assertThat(lab.parts(id)).isEqualTo(Texts.parts(large, 30_000));
    }

    @Test
    void anEmptyBlobIsAJobOfNoParts() {
        String url = lab.probe().upload(elsewhere, "empty", new byte[0]);
        String id = accepted(refer("{\"inputUrl\":\"" + url + "\"}", ""));
        assertThat(lab.run(id).itemCount()).isZero();
    }

    @Test
    void namesWithSpacesAndForeignLettersAreFound() {
        String url = lab.probe().upload(elsewhere, "a b+c é.jsonl", LINES);
        accepted(refer("{\"inputUrl\":\"" + url + "\"}", ""));
    }

    @Test
    void aLetterMayBeCutInTwoOnItsWay() throws IOException {
        lab.probe().upload(elsewhere, "é", LINES);
        byte[] body = utf8("{\"inputUrl\":\"" + ownHost() + elsewhere + "/é\"}");
        int middle = body.length - 3;
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Type: " + TYPE
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .chunk(Arrays.copyOf(body, middle))
                    .chunk(Arrays.copyOfRange(body, middle, body.length))
                    .lastChunk();
            assertThat(client.head().status()).isEqualTo(202);
        }
    }

    @Test
    void whoExpectsToBeToldToContinueIsTold() throws IOException {
        byte[] body = utf8("{\"inputUrl\":\"" + lab.probe().upload(elsewhere, "lines", LINES) + "\"}");
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Type: " + TYPE
                    + "\r\nExpect: 100-continue\r\nContent-Length: " + body.length + "\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(100);
            assertThat(client.send(body).head().status()).isEqualTo(202);
        }
    }

    @Test
    void aLineOverTheLimitIsNamed() {
        String url = lab.probe().upload(elsewhere, "long", utf8("a\n" + "x".repeat(GatewayProfile.MAX_LINE + 1)));
        problem(refer("{\"inputUrl\":\"" + url + "\"}", ""), 413, "line-too-long")
                .body("detail", containsString("ine 2 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/container/blob",
                "http://169.254.169.254/latest/meta-data",
                "https://devstoreaccount1.blob.core.windows.net/container/blob",
                "file://localhost/etc/passwd"
            })
    void aHostThatIsNotAllowedIsRefused(String url) {
        problem(refer("{\"inputUrl\":\"" + url + "\"}", ""), 400, "host-not-allowed");
    }

    @Test
    void anotherPortOfTheOwnHostIsNotTheOwnAccount() {
        String url = "http://127.0.0.1:" + port() + "/container/blob";
        problem(refer("{\"inputUrl\":\"" + url + "\"}", ""), 400, "host-not-allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"inputUrl\": | malformed-body",
                "lines | malformed-body",
                "{} | bad-parameter",
                "[] | bad-parameter",
                "null | bad-parameter",
                "{\"inputUrl\": 7} | bad-parameter",
                "{\"inputUrl\": \"https://h/c/b\"} {} | malformed-body",
                "{\"inputUrl\": \"https://h/c/b\", \"inputUrl\": \"https://h/c/d\"} | malformed-body",
                "{\"inputUrl\": \"not a url\"} | bad-parameter",
                "{\"inputUrl\": \"nonsense\"} | bad-parameter",
                "{\"inputUrl\": \"https://example.com\"} | host-not-allowed",
                "{\"inputUrl\": \"https://example.com/container\"} | host-not-allowed"
            })
    void aBodyThatNamesNoBlobIsRefused(String body, String type) {
        problem(refer(body, ""), 400, type);
    }

    @Test
    void whereTheBodyIsNotJsonIsTold() {
        problem(refer("{\n  \"inputUrl\": nonsense}", ""), 400, "malformed-body")
                .body("detail", containsString("line 2, column "))
                .body("detail", containsString("send {\"inputUrl\": "));
    }

    @Test
    void membersThatNobodyReadsAreNamed() {
        String url = lab.probe().upload(elsewhere, "lines", LINES);
        problem(refer("{\"inputUrl\":\"" + url + "\",\"handler\":\"exec\",\"inputurl\":1}", ""), 400, "bad-parameter")
                .body("detail", startsWith("handler, inputurl "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1f8b0800", "504b0304", "28b52ffd", "fffe7b00", "7b002200"})
    void aBlobThatIsNoPlainTextIsRefusedAtOnce(String hex) {
        String url = lab.probe().upload(elsewhere, "packed", HexFormat.of().parseHex(hex));
        problem(refer("{\"inputUrl\":\"" + url + "\"}", ""), 400, "unreadable-input")
                .body("detail", startsWith("inputUrl: the blob is "));
    }

    @Test
    void aDocumentThatIsPackedIsRefused() {
        byte[] document = utf8("{\"inputUrl\":\"https://h/c/b\"}");
        problem(
                request()
                        .contentType(TYPE)
                        .body(Texts.gzip(document))
                        .post("/jobs")
                        .then(),
                415,
                "unsupported-format");
        problem(
                request()
                        .contentType(TYPE)
                        .header("Content-Encoding", "gzip")
                        .body(Texts.gzip(document))
                        .post("/jobs")
                        .then(),
                415,
                "unsupported-format");
    }

    @Test
    void noBodyIsRefused() {
        problem(refer("", ""), 400, "bad-parameter");
    }

    @Test
    void aBodyThatIsNoSmallDocumentIsRefused() {
        problem(refer("{\"inputUrl\":\"" + "x".repeat(100_000) + "\"}", ""), 400, "malformed-body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void aContainerIsNoBlob(String end) {
        lab.probe().upload(elsewhere, "lines", LINES);
        problem(refer("{\"inputUrl\":\"" + ownHost() + elsewhere + end + "\"}", ""), 400, "bad-parameter")
                .body("detail", startsWith("inputUrl "));
    }

    @Test
    void aBlobThatIsNotThereIsRefused() {
        problem(refer("{\"inputUrl\":\"" + ownHost() + elsewhere + "/nothing\"}", ""), 400, "unreadable-input")
                .body("detail", startsWith("inputUrl"));
    }

    private String ownHost() {
        return lab.probe().accountUrl() + "/";
    }

    private static ValidatableResponse refer(String document, String query) {
        return request()
                .contentType(TYPE)
                .body(utf8(document))
                .post("/jobs" + query)
                .then();
    }
}

package io.freshet.gateway.api;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.TreeSet;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Requests as they are on the wire. What is refused is followed by a request that must not be served. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class WireTest extends ApiScenario {
    private static final String NEXT = "GET /jobs?limit=1 HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String BODY = "2\r\n{}\r\n0\r\n\r\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|Content-Length: 12~Transfer-Encoding: chunked",
                "400|Transfer-Encoding: chunked~Content-Length: 12",
                "400|Transfer-Encoding: xchunked",
                "400|Transfer-Encoding: chunked, identity",
                "400|Transfer-Encoding: identity, chunked",
                "400|Transfer-Encoding: gzip, chunked",
                "400|Transfer-Encoding: gzip",
                "400|Transfer-Encoding: identity",
                "400|Transfer-Encoding:",
                "400|Transfer-Encoding: chunked, chunked",
                "400|Transfer-Encoding: chunked~Transfer-Encoding: chunked",
                "400|Transfer-Encoding: identity~Transfer-Encoding: chunked",
                "400|Transfer-Encoding: chunked;a=b",
                "400|Transfer-Encoding: , chunked",
                "400|Transfer-Encoding:~ chunked",
                "400|Transfer-Encoding : chunked",
                "400|Content-Length: 12~Content-Length: 12",
                "400|Content-Length: 12~Content-Length: 3",
                "400|Content-Length: 12, 12",
                "400|Content-Length: +12",
                "400|Content-Length: -1",
                "400|Content-Length: 0x0c",
                "400|Content-Length:",
                "400|Content-Length: 99999999999999999999999",
                "400|Content-Length: 12~Host: y",
                "400|Content-Length: 12~Host: x",
                "400|Content-Length: 12~nonsense",
                "400|Content-Length: 12~X y: z",
                "417|Content-Length: 12~Expect: 200-ok",
                "417|Content-Length: 12~Expect: 100-continue, other"
            })
    void aSubmissionThatCouldBeFramedInTwoWaysIsRefused(int status, String headers) throws IOException {
        refused("POST /jobs HTTP/1.1\r\nHost: x\r\n" + headers.replace("~", "\r\n") + "\r\n\r\n" + BODY, status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|GET /jobs HTTP/1.1~~",
                "400|GET /jobs HTTP/1.1~Host: a b~~",
                "400|GET /jobs HTTP/1.1~Host: a/b~~",
                "400|GET /jobs HTTP/1.1~Host: u@h~~",
                "400|GET /jobs HTTP/1.1~Host: x:99999~~",
                "400|GET /jobs HTTP/1.1~Host: [::1~~",
                "505|GET /jobs HTTP/3.7~Host: x~~",
                "505|GET /jobs HTTP/2.0~Host: x~~",
                "505|GET /jobs HTTP/1.2~Host: x~~",
                "505|GET /jobs HTTP/0.9~Host: x~~",
                "505|GET /jobs ICAP/1.0~Host: x~~",
                "505|PRI * HTTP/2.0~~SM~~",
                "400|GET /jobs HTTP/1~Host: x~~",
                "400|GET /jobs~Host: x~~",
                "400|GET /jobs/%zz HTTP/1.1~Host: x~~",
                "400|GET /jobs/%2 HTTP/1.1~Host: x~~",
                "400|GET /jobs?limit=%zz HTTP/1.1~Host: x~~",
                "400|GET /jobs/[x]^{} HTTP/1.1~Host: x~~",
                "400|GET http://[x/jobs HTTP/1.1~Host: x~~",
                "501|get /jobs HTTP/1.1~Host: x~~",
                "501|BREW /jobs HTTP/1.1~Host: x~~",
                "501|CONNECT x:80 HTTP/1.1~Host: x~~"
            })
    void whatIsNoRequestToAServerOfHttpIsRefused(int status, String request) throws IOException {
        refused(request.replace("~", "\r\n"), status);
    }

    @Test
    void whatIsTooLongIsRefused() throws IOException {
        refused("GET /jobs?x=" + "a".repeat(17_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414);
        refused("GET /jobs HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(70_000) + "\r\n\r\n", 431);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xyz~{}~0~~",
                "-2~{}~0~~",
                "0x2~{}~0~~",
                "fffffffffffffffff~{}~0~~",
                "~{}~0~~",
                "1~{}~0~~",
                "2;a=\"~\"~{}~0~~",
                "2~{}~0~nonsense~~"
            })
    void chunksThatAreNoneAreAnswered400(String chunks) throws IOException {
        String head = "POST /jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        refused(head + chunks.replace("~", "\r\n"), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2;a=b~{}~0~~",
                "2 ; a=\"b;c\"~{}~0;x~~",
                "2~{}~0~X-Trailer: a~Y: b~~",
                "2~{}~0~Content-Length: 5~~"
            })
    void chunkExtensionsAndTrailersAreTaken(String chunks) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunks.replace("~", "\r\n") + NEXT);
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(202);
            client.text(head.contentLength());
            assertThat(client.head().status()).as("of the next request").isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Connection: Upgrade, HTTP2-Settings~Upgrade: h2c~HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA~",
                "Expect: 100-continue~",
                "Expect:~"
            })
    void whoWaitsToBeToldIsToldAndAnUpgradeIsNotNeeded(String headers) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n"
                    + headers.replace("~", "\r\n") + "\r\n");
            assertThat(client.head().status()).isEqualTo(100);
            client.send("{}\n");
            assertThat(client.head().status()).isEqualTo(202);
        }
    }

    @Test
    void aRequestOfTheOldVersionNeedsNoHost() throws IOException {
        seeds.pending(1);
        seeds.pending(1);
        try (RawClient client = RawClient.connect(port())) {
            client.send("GET /jobs?limit=1 HTTP/1.0\r\n\r\n");
            assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/jobs|PUT TRACE DELETE PATCH|GET, HEAD, OPTIONS, POST",
                "/jobs/|PUT|GET, HEAD, OPTIONS, POST",
                "/jobs;x=y|DELETE|GET, HEAD, OPTIONS, POST",
                "/jobs/1|PUT POST TRACE|DELETE, GET, HEAD, OPTIONS",
                "/jobs/1/results|POST TRACE DELETE|GET, HEAD, OPTIONS",
                "/jobs/1/errors|POST|GET, HEAD, OPTIONS",
                "/jobs/1/events|POST|GET, HEAD, OPTIONS",
                "/jobs/1/cancel|GET HEAD TRACE|OPTIONS, POST",
                "/jobs/1/suspend|GET|OPTIONS, POST",
                "/jobs/1/resume|GET|OPTIONS, POST",
                "/jobs/1/rerun|GET|OPTIONS, POST"
            })
    void aMethodThatThereIsNotIsAnsweredWithThoseThatThereAre(String path, String methods, String allow) {
        for (String method : methods.split(" ")) {
            given().urlEncodingEnabled(false)
                    .request(method, path)
                    .then()
                    .statusCode(405)
                    .header("Allow", allow);
        }
        given().urlEncodingEnabled(false)
                .request("OPTIONS", path)
                .then()
                .statusCode(204)
                .header("Allow", allow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs", "/jobs/none", "/nothing", "/q/metrics", "/q/health/live", "/q/openapi"})
    void nothingIsGuessedOrKept(String path) {
        given().get(path).then().header("X-Content-Type-Options", "nosniff").header("Cache-Control", "no-store");
    }

    @Test
    void theLinkAndTheLocationAreThisServersWhateverTheHost() throws IOException {
        seeds.pending(1);
        seeds.pending(1);
        try (RawClient client = RawClient.connect(port())) {
            client.send("GET /jobs?limit=1 HTTP/1.1\r\nHost: evil.example\r\n\r\n");
            assertThat(client.head().headers().get("link")).startsWith("</jobs?limit=1&page=");
        }
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 3\r\n\r\n{}\n");
            assertThat(client.head().headers().get("location")).startsWith("/jobs/2");
        }
    }

    @Test
    void pathsThatClientsMakeUpAreNoSeriesOfTheirOwn() {
        for (String path : new String[] {"/jobs/a/results", "/x", "/jobs/a/b/c", "/q/z"}) {
            strange(path);
        }
        TreeSet<String> before = series();
        for (int i = 0; i < 50; i++) {
            strange("/jobs/a" + i + "/results");
            strange("/x" + i);
            strange("/jobs/a/b/" + i);
            strange("/q/z" + i + "%00");
        }
        TreeSet<String> made = series();
        made.removeAll(before);
        assertThat(made).noneMatch(line -> line.contains("a1") || line.contains("x1") || line.contains("\0"));
        assertThat(made).hasSizeLessThan(5);
    }

    private static void strange(String path) {
        for (String method : new String[] {"GET", "OPTIONS", "TRACE", "PUT"}) {
            given().urlEncodingEnabled(false).request(method, path);
        }
    }

    private static TreeSet<String> series() {
        TreeSet<String> series = new TreeSet<>();
        given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .forEach(series::add);
        return series;
    }

    /** By a problem, after which the connection ends. */
    private static void refused(String request, int status) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send(request + NEXT);
            String line = client.line();
            assertThat(line).startsWith("HTTP/1.1 " + status + " ");
            StringBuilder headers = new StringBuilder();
            long length = 0;
            for (String header = client.line(); !header.isEmpty(); header = client.line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                headers.append(lower).append('\n');
                if (lower.startsWith("content-length:")) {
                    length = Long.parseLong(
                            lower.substring("content-length:".length()).strip());
                }
            }
            assertThat(headers.toString()).contains(PROBLEM, "connection: close", "nosniff");
            assertThat(client.text(length)).contains("\"status\":" + status, "urn:freshet:problem:");
            assertThatThrownBy(client::line).isInstanceOf(EOFException.class);
        }
    }
}

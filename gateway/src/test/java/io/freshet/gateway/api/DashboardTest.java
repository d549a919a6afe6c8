package io.freshet.gateway.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.DashboardBlob;
import io.freshet.run.Run;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

/** The page, and what it is told. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class DashboardTest extends ApiScenario {
    private static final Pattern ASSET = Pattern.compile("assets/(app-[A-Z0-9]+\\.(?:js|css))");

    @Test
    void thePageIsServedUnderAStrictPolicy() {
        Response page = request().get("/");

        page.then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", containsString("default-src 'none'; script-src 'self'"))
                .header("Content-Security-Policy", containsString("trusted-types 'none'"));
        assertThat(page.asString()).doesNotContain("<style", "style=", "http://", "https://", "=\"/");
    }

    @Test
    void whatThePageNeedsIsThereForEver() {
        Matcher assets = ASSET.matcher(request().get("/").asString());
        int found = 0;
        while (assets.find()) {
            found++;
            String path = "/assets/" + assets.group(1);
            Response asset = request().get(path);
            asset.then().statusCode(200).header("Cache-Control", "public, max-age=31536000, immutable");
            assertThat(asset.asString()).hasSizeGreaterThan(1_000);
            request()
                    .header("If-None-Match", asset.header("ETag"))
                    .get(path)
                    .then()
                    .statusCode(304);
            request().head(path).then().statusCode(200);
        }
        assertThat(found).isEqualTo(2);
    }

    @Test
    void allOfItIsSmall() throws IOException {
        long bytes = 0;
        Matcher assets = ASSET.matcher(request().get("/").asString());
        while (assets.find()) {
            try (RawClient client = RawClient.connect(port())) {
                client.send(
                        "GET /assets/" + assets.group(1) + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br, gzip\r\n\r\n");
                RawClient.Head head = client.head();
                assertThat(head.headers()).containsEntry("content-encoding", "gzip");
                bytes += head.contentLength();
            }
        }
        assertThat(bytes).isBetween(10_000L, 100_000L);
    }

    @Test
    void whatIsNotThereIsAProblem() {
        problem(request().get("/assets/nothing.js").then(), 404, "request-refused");
        problem(request().get("/assets/..%2fapplication.properties").then(), 404, "request-refused");
        problem(request().post("/").then(), 405, "request-refused");
    }

    @Test
    void allRunsAreToldAndWhatChanges() throws IOException {
        watcherWrote("{\"id\":\"a\",\"status\":\"Running\"}");
        try (RawClient client = looking("overview", "")) {
            assertThat(event(client, "hello")).contains("\"resumed\":false");
            assertThat(event(client, "runs")).contains("\"whole\":true", "\"id\":\"a\"");
            assertThat(event(client, "cluster")).isEqualTo("{\"cluster\":null}");

            watcherWrote("{\"id\":\"a\",\"status\":\"Complete\"}");
            assertThat(event(client, "runs")).contains("{\"id\":\"a\",\"status\":\"Complete\"}");
        }
    }

    @Test
    void aRunIsToldWithItsItems() throws IOException {
        Run run = seeds.running(3);
        try (RawClient client = looking("run:" + run.id(), "")) {
            assertThat(event(client, "run"))
                    .contains("\"items\":3", "\"can\":{\"suspend\":true", "\"step\":\"accepted\"");
            assertThat(event(client, "items")).contains("\"size\":3", "\"packed\":");

            seeds.done(run, 2, "x\n");
            assertThat(event(client, "run")).contains("\"done\":1");
            assertThat(event(client, "items")).contains("\"from\":1,\"to\":2,\"d\":\"Cg==\"");

            seeds.change(run, r -> r.delete(Clock.systemUTC()));
            assertThat(event(client, "run")).isEqualTo("{\"gone\":true}");
        }
    }

    @Test
    void whoWasCutOffGoesOn() throws IOException {
        Run run = seeds.running(3);
        String path = "run:" + run.id();
        try (RawClient other = looking(path, "")) {
            String seen = id(other, "items");
            seeds.done(run, 1, "x\n");
            id(other, "items");
            try (RawClient again = looking(path, "Last-Event-ID: " + seen + "\r\n")) {
                assertThat(event(again, "hello")).contains("\"resumed\":true");
                assertThat(event(again, "items")).contains("\"d\":\"Ag==\"");
            }
        }
    }

    @Test
    void aStreamIsNotKeptByAnybodyOnTheWay() {
        request()
                .head("/dashboard/events")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/event-stream"))
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
    }

    @Test
    void whoGoesAtOnceIsNotToldForEver() throws IOException {
        Run run = seeds.running(3);
        for (int n = 0; n < 20; n++) {
            RawClient client = RawClient.connect(port());
            client.send("GET /dashboard/events?view=run:" + run.id() + " HTTP/1.1\r\nHost: x\r\n\r\n");
            client.abort();
        }
        Awaitility.await("nobody looks, so storage is not asked")
                .atMost(Patience.LIMIT)
                .until(() -> {
                    double before = reads();
                    Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
                    return reads() == before;
                });
    }

    private static double reads() {
        return request()
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("freshet_azure_calls_seconds_count") && line.contains("\"GetBlob\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void whatCannotBeLookedAtIsAProblem() {
        problem(request().get("/dashboard/events?view=run:2026-11-5").then(), 404, "job-not-found");
        problem(request().get("/dashboard/events?view=run:nobody").then(), 404, "job-not-found");
        problem(request().get("/dashboard/events?view=all").then(), 400, "bad-parameter");
        problem(request().get("/dashboard/events?look=all").then(), 400, "bad-parameter");
        problem(request().get("/dashboard/runs?page=nonsense").then(), 400, "bad-parameter");
        problem(request().post("/dashboard/events").then(), 405, "request-refused");
    }

    @Test
    void anItemIsLookedAt() {
        Run run = seeds.running(3);
        seeds.done(run, 2, "x\n");
        seeds.failed(run, 3, "exit code 3");
        String items = "/dashboard/runs/" + run.id() + "/items/";

        request()
                .get(items + "0")
                .then()
                .statusCode(200)
                .body("state", equalTo("waiting"))
                .body("firstLine", equalTo(1));
        request()
                .get(items + "1")
                .then()
                .statusCode(200)
                .body("state", equalTo("done"))
                .body("firstLine", equalTo(11))
                .body("lines", equalTo(10))
                .body("outputBytes", equalTo(2));
        request().get(items + "2").then().statusCode(200).body("reason", equalTo("exit code 3"));
        for (String unknown : new String[] {"3", "-1", "x", "99999999999"}) {
            problem(request().get(items + unknown).then(), 404, "not-found");
        }
        problem(request().get("/dashboard/runs/2026-11-5/items/0").then(), 404, "job-not-found");
    }

    @Test
    void jobsAreListedAsRows() {
        Run run = seeds.complete("a\n");

        request()
                .get("/dashboard/runs")
                .then()
                .statusCode(200)
                .body("rows.find { it.id == '" + run.id() + "' }.status", equalTo("Complete"));
    }

    private void watcherWrote(String row) throws IOException {
        String state = "{\"v\":1,\"at\":1.5,\"rows\":[" + row + "]}";
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(state);
        lab.put(DashboardBlob.NAME, DashboardBlob.write(tree));
    }

    private static RawClient looking(String view, String headers) throws IOException {
        RawClient client = RawClient.connect(port());
        client.send("GET /dashboard/events?view=" + view + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
        assertThat(client.head().status()).isEqualTo(200);
        return client;
    }

    /** Data of the next event of a type. */
    private static String event(RawClient client, String type) throws IOException {
        for (String line = client.line(); ; line = client.line()) {
            if (line.equals("event:" + type)) {
                return client.line().substring("data:".length());
            }
        }
    }

    /** Id of the next event of a type. */
    private static String id(RawClient client, String type) throws IOException {
        String id = "";
        for (String line = client.line(); ; line = client.line()) {
            if (line.startsWith("id:")) {
                id = line.substring("id:".length());
            } else if (line.equals("event:" + type)) {
                return id;
            }
        }
    }
}

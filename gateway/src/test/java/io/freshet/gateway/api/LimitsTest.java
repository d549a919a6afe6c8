package io.freshet.gateway.api;

import io.freshet.harness.fault.Fault;
import io.freshet.harness.fault.FaultPlan;
import io.freshet.harness.fault.StorageProxy;
import io.freshet.harness.fault.StorageRequest;
import io.freshet.harness.storage.Azurite;
import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import static io.freshet.gateway.api.SmallLimitsProfile.MAX_BYTES;
import static io.freshet.gateway.api.SmallLimitsProfile.MAX_PARTS;
import static io.freshet.gateway.api.Texts.gzip;
import static io.freshet.gateway.api.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

/** What one client can do to the gateway, and to all others. */
@QuarkusTest
@TestProfile(SmallLimitsProfile.class)
class LimitsTest extends ApiScenario {
    private static final byte[] TOO_MANY_LINES = utf8("\n".repeat(MAX_PARTS + 1));
    private static final byte[] TOO_MANY_BYTES = utf8("0123456\n".repeat(MAX_BYTES / 8 + 1));

    /** Set from outside. */
    StorageProxy proxy;

    private long mark;

    @BeforeEach
    void remember() {
        Lab.now(lab.blobs().ensureContainer());
        mark = proxy.history().mark();
    }

    @AfterEach
    void nothingIsDisturbed() {
        proxy.link(ProxiedStorage.LINK).plan(FaultPlan.NONE);
    }

    @Test
    void tooManyPartsAreRefusedBeforeOneIsWritten() {
        tooManyParts(post(TOO_MANY_LINES, "?itemsPerJob=1"));
    }

    @Test
    void tooManyPartsInFewPackedBytesAreRefused() {
        tooManyParts(request()
                .contentType(NDJSON)
                .header("Content-Encoding", "gzip")
                .body(gzip(utf8("\n".repeat(15_000))))
                .post("/jobs?itemsPerJob=1")
                .then());
    }

    @Test
    void tooManyPartsOfAFormAreRefused() {
        tooManyParts(request()
                .multiPart("file", "lines.jsonl", TOO_MANY_LINES)
                .post("/jobs?itemsPerJob=1")
                .then());
    }

    @Test
    void tooManyPartsOfAReferenceAreRefused() {
        String input = RunFiles.input(RunId.parse(accepted(post(TOO_MANY_LINES, "?itemsPerJob=2"))));
        mark = proxy.history().mark();
        String url = storageUrl() + input;

        tooManyParts(reference(url, "?itemsPerJob=1")).body("detail", containsString("itemsPerJob=2 is always enough"));
    }

    @Test
    void asManyPartsAsAllowedAreTaken() {
        String id = accepted(post(TOO_MANY_LINES, "?itemsPerJob=2"));

        assertThat(lab.parts(id)).hasSize(MAX_PARTS / 2 + 1);
        assertThat(lab.names("uploading/")).isEmpty();
        assertThat(lab.exists(RunFiles.active(RunId.parse(id)))).isTrue();
    }

    @Test
    void tooManyBytesAreRefused() {
        tooLarge(post(TOO_MANY_BYTES, "?itemsPerJob=1000000"));
    }

    @Test
    void tooManyBytesAreCountedUnpacked() {
        tooLarge(request()
                .contentType(NDJSON)
                .header("Content-Encoding", "gzip")
                .body(gzip(TOO_MANY_BYTES))
                .post("/jobs?itemsPerJob=1000000")
                .then());
    }

    @Test
    void tooManyBytesOfAFormAreRefused() {
        tooLarge(request()
                .multiPart("file", "lines.jsonl", TOO_MANY_BYTES)
                .post("/jobs?itemsPerJob=1000000")
                .then());
    }

    @Test
    void aBodyThatSaysThatItIsTooLargeIsNotAskedFor() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " + (MAX_BYTES + 1)
                    + "\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(413);
        }
        assertThat(writes("")).isEmpty();
    }

    @Test
    void aBodyOfUnknownLengthIsReadUpToTheLimitOnly() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs?itemsPerJob=1000000 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .chunk(TOO_MANY_BYTES);
            assertThat(client.head().status()).isEqualTo(413);
        }
        assertNothingIsLeft();
    }

    @Test
    void aClientThatSendsNextToNothingIsToldAndThenLeft() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n1");
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(408);
            assertThat(client.text(head.contentLength()))
                    .contains("urn:freshet:problem:too-slow")
                    .contains("1024 bytes a second");
            assertThat(client.body(1)).isEmpty();
        }
        assertNothingIsLeft();
    }

    @Test
    void aSlowClientThatSendsAFormIsToldAndThenLeft() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            client.send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
                    + "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
                    + "Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n0123456789abcdef");
            assertThat(client.head().status()).isEqualTo(408);
        }
        assertNothingIsLeft();
    }

    @Test
    void clientsThatSendOneByteEachLeaveRoomForOthersAndNothingWhenTheyGo() throws IOException {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                slow.add(RawClient.connect(port())
                        .send("POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n1"));
            }
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> lab.names("uploading/").size() >= 100);

            accepted(post(utf8("{}\n".repeat(200_000)), ""));
        } finally {
            for (RawClient client : slow) {
                client.abort();
            }
        }
        assertNothingIsLeft();
        accepted(post(utf8("{}\n"), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PutBlob uploading/", "PutBlob ctrl_input_", "PutBlob input.json"})
    void aClientThatGoesWhileStorageIsAskedLeavesNothing(String when) throws IOException {
        String[] point = when.split(" ");
        CountDownLatch release = new CountDownLatch(1);
        proxy.link(ProxiedStorage.LINK)
                .plan(FaultPlan.nth(1, r -> isWrite(r, point[0], point[1]), Fault.before(() -> await(release))));
        try (RawClient client = RawClient.connect(port())) {
            client.send(
                    "POST /jobs?itemsPerJob=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n" + "\n".repeat(100));
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> !writes(point[1]).isEmpty());
            client.abort();
        } finally {
            release.countDown();
        }

        assertNothingIsLeft();
    }

    @Test
    void othersAreServedWhileManyPartsAreWritten() throws Exception {
        String job = accepted(post(utf8("{}\n"), ""));
        CountDownLatch release = new CountDownLatch(1);
        proxy.link(ProxiedStorage.LINK)
                .plan(FaultPlan.always(r -> isWrite(r, "PutBlob", "ctrl_input_"), Fault.before(() -> await(release))));
        CompletableFuture<String> large = submitInBackground();
        CompletableFuture<String> alsoLarge = submitInBackground();
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> writes("ctrl_input_").size() >= 2);

        try {
            request().get("/jobs/" + job).then().statusCode(200);
            request().get("/jobs").then().statusCode(200);
            assertThat(large).isNotDone();
        } finally {
            release.countDown();
        }
        assertThat(lab.parts(large.get())).hasSize(MAX_PARTS);
        assertThat(lab.parts(alsoLarge.get())).hasSize(MAX_PARTS);
    }

    private static CompletableFuture<String> submitInBackground() {
        return CompletableFuture.supplyAsync(() -> accepted(post(utf8("\n".repeat(MAX_PARTS)), "?itemsPerJob=1")));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ValidatableResponse tooManyParts(ValidatableResponse response) {
        ValidatableResponse problem = problem(response, 413, "input-too-large")
                .body("detail", containsString("more than " + MAX_PARTS + " parts (MAXPARTS)"))
                .body("detail", containsString("itemsPerJob"));
        assertThat(writes("ctrl_input_")).isEmpty();
        assertNothingIsLeft();
        return problem;
    }

    private void tooLarge(ValidatableResponse response) {
        problem(response, 413, "input-too-large")
                .body("detail", containsString("more than " + MAX_BYTES + " bytes (MAXINPUTBYTES)"));
        assertNothingIsLeft();
    }

    private static ValidatableResponse reference(String url, String query) {
        return request()
                .contentType("application/vnd.freshet.job+json")
                .body(utf8("{\"inputUrl\":\"" + url + "\"}"))
                .post("/jobs" + query)
                .then();
    }

    private String storageUrl() {
        return "http://127.0.0.1:" + proxy.link(ProxiedStorage.LINK).blobPort() + "/" + Azurite.ACCOUNT + "/"
                + lab.container() + "/";
    }

    private List<String> writes(String name) {
        return proxy.history().since(mark).stream()
                .filter(entry -> isWrite(entry.request(), "Put", name))
                .map(entry -> entry.request().target())
                .toList();
    }

    private static boolean isWrite(StorageRequest request, String operation, String name) {
        return request.operation().startsWith(operation) && request.target().contains(name);
    }

    /** Neither a marker nor a blob of a run that is not, not even staged blocks. */
    private void assertNothingIsLeft() {
        Awaitility.await().atMost(Patience.LIMIT).untilAsserted(() -> {
            assertThat(lab.names("uploading/")).isEmpty();
            assertThat(lab.names("active/"))
                    .allSatisfy(marker -> assertThat(lab.find(marker.substring("active/".length())))
                            .isPresent());
            assertThat(lab.names("2"))
                    .allSatisfy(name -> assertThat(lab.exists(name.substring(0, name.lastIndexOf('/')) + "/run.json"))
                            .isTrue());
        });
    }
}

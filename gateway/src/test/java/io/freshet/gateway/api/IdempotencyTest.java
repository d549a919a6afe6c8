package io.freshet.gateway.api;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.freshet.gateway.api.Lab.now;
import static io.freshet.gateway.api.Texts.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

/** One key, one job, however often and from wherever it is sent. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class IdempotencyTest extends ApiScenario {
    private static final byte[] LINES = lines(25);

    private final String key = UUID.randomUUID().toString();

    @Test
    void theSameBodyGivesTheSameJob() {
        String first = accepted(keyed(LINES, ""));
        List<String> folders = lab.folders();
        assertThat(accepted(keyed(LINES, ""))).isEqualTo(first);
        assertThat(lab.folders()).isEqualTo(folders);
        assertThat(lab.names("active/" + first)).hasSize(1);
    }

    @Test
    void anotherKeyGivesAnotherJob() {
        String first = accepted(keyed(LINES, ""));
        assertThat(accepted(post(LINES, ""))).isNotEqualTo(first);
    }

    @Test
    void anotherBodyIsRefusedAndLeavesNothing() {
        String first = accepted(keyed(LINES, ""));
        List<String> folders = lab.folders();
        problem(keyed(lines(26), ""), 422, "idempotency-key-reused").body("detail", containsString(first));
        assertThat(lab.folders()).isEqualTo(folders);
    }

    @Test
    void anotherSizeOfPartsIsRefused() {
        accepted(keyed(LINES, "?itemsPerJob=10"));
        problem(keyed(LINES, "?itemsPerJob=11"), 422, "idempotency-key-reused");
        accepted(keyed(LINES, "?itemsPerJob=10"));
    }

    @ParameterizedTest
    @CsvSource({
        "handler=calculator, handler=identity",
        "handler=identity, ''",
        "name=a, name=b",
        "'', name=b",
        "aci=1, aci=0",
        "aci=0, ''",
        "gpu=t4, gpu=a100",
        "gpu=t4, ''",
        "gpu=t4&gpuQuantity=1, gpu=t4&gpuQuantity=2",
        "name=a%26gpu%3Dt4, name=a&gpu=t4"
    })
    void anotherParameterIsRefused(String query, String other) {
        accepted(keyed(LINES, "?" + query));
        problem(keyed(LINES, "?" + other), 422, "idempotency-key-reused");
        accepted(keyed(LINES, "?" + query));
    }

    @Test
    void theOrderAndSpellingOfParametersDoNotMatter() {
        String first = accepted(keyed(LINES, "?name=a%2Db&aci=1"));
        assertThat(accepted(keyed(LINES, "?aci=1&name=a-b"))).isEqualTo(first);
    }

    /** Whatever a job's document may say that was asked for tells requests apart: a new parameter is in this list. */
    @Test
    void everyParameterThatThereIsTellsRequestsApart() {
        Map<String, String> samples = Map.of(
                "handler", "identity",
                "itemsPerJob", "7",
                "aci", "1",
                "gpu", "t4",
                "gpuQuantity", "2",
                "name", "n");
        List<String> described = request()
                .get("/q/openapi?format=json")
                .jsonPath()
                .getList("paths.'/jobs'.post.parameters.findAll { it.in == 'query' }.name");
        assertThat(described).containsExactlyInAnyOrderElementsOf(samples.keySet());
        for (String parameter : samples.keySet()) {
            String query =
                    "?" + (parameter.equals("gpuQuantity") ? "gpu=t4&" : "") + parameter + "=" + samples.get(parameter);
            String key = UUID.randomUUID().toString();
            accepted(keyed(key, LINES, ""));
            problem(keyed(key, LINES, query), 422, "idempotency-key-reused");
        }
    }

    @Test
    void manyAtOnceGiveOneJob() throws Exception {
        now(lab.blobs().ensureContainer());
        List<String> before = lab.folders();
        List<String> ids = keyedAtOnce();
        assertThat(ids).containsOnly(ids.getFirst());
        List<String> made = lab.folders();
        made.removeAll(before);
        assertThat(made).containsExactly(RunFiles.folder(RunId.parse(ids.getFirst())));
        assertThat(lab.bytes(RunFiles.input(RunId.parse(ids.getFirst())))).isEqualTo(LINES);
    }

    @Test
    void aReleaseThatWasCutShortIsFinishedByTheSameKey() {
        String first = accepted(keyed(LINES, "?itemsPerJob=10"));
        Run cutShort = lab.run(first);
        now(lab.store().remove(cutShort.id()));

        assertThat(accepted(keyed(LINES, "?itemsPerJob=10"))).isEqualTo(first);
        assertThat(lab.run(first)).isEqualTo(cutShort);
        assertThat(lab.parts(first)).isEqualTo(Texts.parts(LINES, 10));
    }

    @Test
    void aKeyWhoseJobIsBeingDeletedIsFreeAgain() {
        String first = accepted(keyed(LINES, ""));
        request().delete("/jobs/" + first).then().statusCode(202);

        String second = accepted(keyed(LINES, ""));
        assertThat(second).isNotEqualTo(first);
        assertThat(accepted(keyed(LINES, ""))).isEqualTo(second);
        request().get("/jobs/" + second).then().statusCode(200);
        assertThat(lab.bytes(RunFiles.input(RunId.parse(second)))).isEqualTo(LINES);
    }

    @Test
    void manyAtOnceAfterADeletionGiveOneNewJob() throws Exception {
        String first = accepted(keyed(LINES, ""));
        request().delete("/jobs/" + first).then().statusCode(202);

        assertThat(Set.copyOf(keyedAtOnce())).hasSize(1).doesNotContain(first);
    }

    @Test
    void aKeyWhoseJobIsGoneIsFreeAgain() {
        RunId first = RunId.parse(accepted(keyed(LINES, "")));
        now(lab.store().remove(first));
        now(lab.store().unmarkActive(first));

        String second = accepted(keyed(LINES, ""));
        assertThat(second).isNotEqualTo(first.toString());
        assertThat(lab.bytes(RunFiles.input(RunId.parse(second)))).isEqualTo(LINES);
    }

    private List<String> keyedAtOnce() throws InterruptedException {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> requests = Collections.nCopies(8, () -> accepted(keyed(LINES, "")));
            return clients.invokeAll(requests).stream()
                    .map(IdempotencyTest::outcome)
                    .toList();
        }
    }

    private static String outcome(Future<String> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("A request failed", e);
        }
    }

    private ValidatableResponse keyed(byte[] lines, String query) {
        return keyed(key, lines, query.equals("?") ? "" : query);
    }

    private static ValidatableResponse keyed(String key, byte[] lines, String query) {
        return request()
                .urlEncodingEnabled(false)
                .header("Idempotency-Key", key)
                .contentType(NDJSON)
                .body(lines)
                .post("/jobs" + query)
                .then();
    }
}

package io.freshet.gateway.api;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
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

    @Test
    void anotherComputationIsRefused() {
        accepted(keyed(LINES, "?handler=calculator"));
        problem(keyed(LINES, "?handler=identity"), 422, "idempotency-key-reused");
    }

    @Test
    void manyAtOnceGiveOneJob() throws Exception {
        now(lab.blobs().ensureContainer());
        List<String> before = lab.folders();
        List<String> ids;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> requests = Collections.nCopies(8, () -> accepted(keyed(LINES, "")));
            ids = clients.invokeAll(requests).stream()
                    .map(IdempotencyTest::outcome)
                    .toList();
        }
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
    void aKeyWhoseJobIsGoneIsFreeAgain() {
        RunId first = RunId.parse(accepted(keyed(LINES, "")));
        now(lab.store().remove(first));
        now(lab.store().unmarkActive(first));

        String second = accepted(keyed(LINES, ""));
        assertThat(second).isNotEqualTo(first.toString());
        assertThat(lab.bytes(RunFiles.input(RunId.parse(second)))).isEqualTo(LINES);
    }

    private static String outcome(Future<String> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("A request failed", e);
        }
    }

    private ValidatableResponse keyed(byte[] lines, String query) {
        return request()
                .header("Idempotency-Key", key)
                .contentType(NDJSON)
                .body(lines)
                .post("/jobs" + query)
                .then();
    }
}

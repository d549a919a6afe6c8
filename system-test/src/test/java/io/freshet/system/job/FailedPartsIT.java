package io.freshet.system.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.system.Scenario;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Parts that fail are tried again, given up with their reason, and can be run again alone. */
final class FailedPartsIT extends Scenario {

    @Test
    void aFailingPartIsGivenUpAndCanBeRunAgainAlone() {
        List<String> lines = List.of("a", "b", "need:repair", "d", "e", "f");
        Job job = exec(lines);

        checker.ended(job, Outcome.completeWithErrors(Program.results(List.of("a", "b", "e", "f")), 2, 2));
        assertThat(program.began("repair")).hasSize(TestedFreshet.ATTEMPTS);
        assertThat(job.reason()).contains("part 2", "repair is broken", "exit code 3");
        assertThat(poison(1)).allSatisfy(message -> {
            assertThat(message.path("reason").asText()).contains("repair is broken");
            assertThat(Gateway.parse(message.path("body").asText()).path("item").asInt())
                    .isEqualTo(1);
        });
        String kept = storage.etag(storage.folder(job) + "output_1.json");

        program.open("repair");
        job.rerunFailed();

        checker.ended(job, Outcome.complete(Program.results(lines), 3));
        assertThat(program.began("repair")).hasSize(TestedFreshet.ATTEMPTS + 1);
        assertThat(storage.etag(storage.folder(job) + "output_1.json")).isEqualTo(kept);
    }

    @Test
    void aPartThatSucceedsOnItsSecondTryLeavesNoTrace() {
        List<String> lines = List.of("need:luck", "b", "c");
        Job job = exec(lines);

        program.awaitBegan("luck", 1);
        program.open("luck");

        checker.ended(job, Outcome.complete(Program.results(lines), 2));
    }

    @Test
    void aPartThatFailsAgainWhenRunAgainEndsTheRunAsBefore() {
        List<String> lines = List.of("a", "b", "need:still", "d");
        Outcome outcome = Outcome.completeWithErrors(Program.results(List.of("a", "b")), 1, 2);
        Job job = exec(lines);
        checker.ended(job, outcome);

        job.rerunFailed();
        program.awaitBegan("still", 2 * TestedFreshet.ATTEMPTS);

        checker.ended(job, outcome);
        assertThat(poison(2)).hasSize(2);
    }

    @Test
    void aRerunThatIsSuspendedBeforeItBeganKnowsNothingOfEarlierFailures() {
        List<String> lines = List.of("a", "b", "need:later", "d");
        Job job = exec(lines);
        checker.ended(job, Outcome.completeWithErrors(Program.results(List.of("a", "b")), 1, 2));
        assertThat(poison(1)).hasSize(1);
        program.open("later");

        freshet.watcher(1).pause();
        job.rerunFailed();
        job.suspend();
        freshet.watcher(1).resume();
        Awaitility.await("the watcher has looked").atMost(Patience.LIMIT).until(() -> storage.depth("control") == 0);

        assertThat(job.document().path("failed").asInt()).isZero();
        job.resume();
        checker.ended(job, Outcome.complete(Program.results(lines), 2));
    }

    @Test
    void aRunWhoseEveryPartFailsHasFailed() {
        Job job = exec(List.of("need:first", "b", "need:second", "d"));

        checker.ended(job, Outcome.failed(1, 2));
        assertThat(job.reason()).contains("2 of 2 parts failed", "first is broken", "second is broken");
        assertThat(poison(2)).hasSize(2);

        program.open("first");
        program.open("second");
        job.rerunFailed();

        checker.ended(job, Outcome.complete(Program.results(List.of("need:first", "b", "need:second", "d")), 2));
    }

    @Test
    void anUnknownHandlerFailsTheRunAndIsNamed() {
        Job job = jobs.submit(List.of("a", "b"), "handler=abacus&itemsPerJob=1");

        checker.ended(job, Outcome.failed(1, 2));
        assertThat(job.reason()).contains("abacus", "calculator", "exec", "identity");
        assertThat(poison(2)).allMatch(m -> m.path("reason").asText().contains("abacus"));
    }

    private List<JsonNode> poison(int count) {
        List<JsonNode> found = new ArrayList<>();
        Awaitility.await(count + " poisoned messages").atMost(Patience.LIMIT).until(() -> {
            storage.takeGivenUpWork().forEach(text -> found.add(Gateway.parse(text)));
            return found.size() >= count;
        });
        return found;
    }
}

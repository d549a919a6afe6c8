package io.freshet.system.job;

import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.harness.service.Service;
import io.freshet.system.Scenario;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A draining worker works off what storage holds, without messages, and ends by itself. */
final class DrainIT extends Scenario {
    private static final Map<String, String> DRAIN = Map.of("FRESHET_WORKER_MODE", "drain");

    private Service drain;

    @BeforeEach
    void noOtherWorkers() {
        freshet.workers().forEach(Service::pause);
        drain = freshet.add("worker", 3);
    }

    @AfterEach
    void otherWorkersAgain() {
        freshet.remove(drain);
    }

    @Test
    void nothingToDoIsDoneAtOnce() {
        assertThat(drain()).isZero();
    }

    @Test
    void aRunIsWorkedOffAndMergedWithoutMessages() {
        Calculations calculations = new Calculations(40).good(60).rejected("17", "not a JSON object");
        Job job = jobs.submit(calculations.file(), "itemsPerJob=10");
        job.awaitStatus("Running");
        storage.purgeWork();

        assertThat(drain()).isZero();
        assertThat(storage.names(storage.folder(job) + "ctrl_input_")).isEmpty();
        Awaitility.await("the merge is wanted")
                .atMost(Patience.LIMIT)
                .until(() -> storage.exists(storage.folder(job) + "ctrl_merge")
                        || job.status().equals("Complete"));
        storage.purgeWork();
        assertThat(drain()).isZero();

        checker.ended(job, Outcome.of(calculations, 7));
    }

    @Test
    void aFailingPartDoesNotKeepItFromEnding() {
        List<String> lines = List.of("a", "b", "need:drained", "d");
        Job job = exec(lines);
        job.awaitStatus("Running");

        assertThat(drain()).isZero();
        Awaitility.await("the merge is wanted")
                .atMost(Patience.LIMIT)
                .until(() -> storage.exists(storage.folder(job) + "ctrl_merge")
                        || job.status().equals("CompleteWithErrors"));
        assertThat(drain()).isZero();

        checker.ended(job, Outcome.completeWithErrors(Program.results(List.of("a", "b")), 1, 2));
        assertThat(program.began("drained")).hasSize(3);
    }

    @Test
    void ofTwoRunsOnlyTheOneThatWasNamedIsWorkedOff() {
        Calculations calculations = new Calculations(41).good(10);
        Job other = jobs.submit(calculations.file(), "itemsPerJob=5");
        Job wanted = jobs.submit(calculations.file(), "itemsPerJob=5");
        other.awaitStatus("Running");
        wanted.awaitStatus("Running");

        drain.launch(Map.of("FRESHET_WORKER_MODE", "drain", "FRESHET_RUN_ID", wanted.toString()));

        assertThat(drain.awaitExit()).isZero();
        assertThat(storage.names(storage.folder(wanted) + "ctrl_input_")).isEmpty();
        assertThat(storage.names(storage.folder(other) + "ctrl_input_")).hasSize(2);
        freshet.remove(drain);
        freshet.workers().forEach(Service::resume);
        checker.ended(wanted, Outcome.of(calculations, 2));
        checker.ended(other, Outcome.of(calculations, 2));
    }

    @Test
    void toldToStopWithWorkLeftItHasFailed() {
        List<String> lines = Program.waitingParts("cut", 3);
        Job job = exec(lines);
        job.awaitStatus("Running");
        drain.launch(DRAIN);
        program.openOneThatBegan("cut", 3);

        assertThat(drain.terminate()).as("as a Job understands it").isEqualTo(143);

        freshet.remove(drain);
        program.openParts("cut", 3);
        freshet.workers().forEach(Service::resume);
        checker.ended(job, Outcome.complete(Program.results(lines), 3));
    }

    private int drain() {
        drain.launch(DRAIN);
        return drain.awaitExit();
    }
}

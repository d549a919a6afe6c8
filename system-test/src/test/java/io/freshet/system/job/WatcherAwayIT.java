package io.freshet.system.job;

import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.harness.service.Service;
import io.freshet.system.Scenario;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs outlive their watcher, and two watchers are as good as one. */
final class WatcherAwayIT extends Scenario {
    @Test
    void aRunThatIsSubmittedWithoutAWatcherWaitsForOne() {
        Calculations calculations = new Calculations(30).good(20);
        freshet.watcher(1).terminate();
        Job job = jobs.submit(calculations.file(), "itemsPerJob=4");
        assertThat(job.status()).isEqualTo("Pending");

        freshet.watcher(1).start();

        checker.ended(job, Outcome.of(calculations, 5));
    }

    @Test
    void aRunThatIsComputedWithoutAWatcherEndsWhenOneIsThere() {
        List<String> lines = Program.waitingParts("alone", 3);
        Job job = exec(lines);
        program.awaitBegan("alone-3", 1);
        freshet.watcher(1).terminate();
        program.openParts("alone", 3);
        Awaitility.await("workers have nothing more to do")
                .atMost(Patience.LIMIT)
                .until(() -> storage.workDepth() == 0);
        assertThat(job.status()).isEqualTo("Running");

        freshet.watcher(1).start();

        checker.ended(job, Outcome.complete(Program.results(lines), 3));
    }

    @Test
    void aWatcherKilledInTheMiddleGoesOnWhereItWas() {
        List<String> lines = Program.waitingParts("cut", 6);
        Job job = exec(lines);
        program.openOneThatBegan("cut", 6);
        job.awaitSucceeded(1);

        freshet.watcher(1).kill9();
        program.openParts("cut", 6);
        freshet.watcher(1).start();

        checker.ended(job, Outcome.complete(Program.results(lines), 6));
    }

    @Test
    void twoWatchersEndARunOnce() {
        Service second = freshet.add("watcher", 2);
        try {
            second.start();
            Calculations calculations = new Calculations(31).good(120).rejected("17", "not a JSON object");

            Job job = jobs.submit(calculations.file(), "itemsPerJob=10");

            checker.ended(job, Outcome.of(calculations, 13));
            String results = storage.resultsEtag(job);
            String document = storage.etag(storage.folder(job) + "run.json");
            checker.atRest();
            assertThat(storage.resultsEtag(job)).isEqualTo(results);
            assertThat(storage.etag(storage.folder(job) + "run.json")).isEqualTo(document);
        } finally {
            freshet.remove(second);
        }
    }
}

package io.freshet.system.job;

import io.freshet.harness.api.Job;
import io.freshet.harness.service.Service;
import io.freshet.message.MessageCodec;
import io.freshet.system.Scenario;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.system.cluster.Storage;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers die, sleep and stop in the middle of parts; each part has one output all the same. */
final class WorkerDeathIT extends Scenario {
    /** Less than a lease or a hidden message would last. */
    private static final Duration AT_ONCE = Duration.ofSeconds(9);

    @Test
    void aWorkerKilledInTheMiddleOfPartsIsReplacedByAnother() {
        List<String> lines = Program.waitingParts("killed", 4);
        Job job = exec(lines);
        awaitAllBegan("killed", 4);
        String victim = program.began("killed-1").getFirst();

        freshet.service(victim).kill9();
        program.openParts("killed", 4);

        checker.ended(job, Outcome.complete(Program.results(lines), 4));
        assertThat(program.began("killed-1")).hasSizeGreaterThan(1).last().isNotEqualTo(victim);
    }

    @Test
    void twoWorkersOnOnePartGiveOneOutput() {
        List<String> lines = Program.waitingParts("shared", 1);
        Job job = exec(lines);
        String first = program.awaitBegan("shared-1", 1);

        freshet.service(first).pause();
        storage.breakLease(storage.indexName(Storage.run(job), 1));
        storage.send("work", MessageCodec.write(storage.message(Storage.run(job), 1)));
        String second = program.awaitBegan("shared-1", 2);
        freshet.service(first).resume();
        program.open("shared-1");

        assertThat(second).isNotEqualTo(first);
        checker.ended(job, Outcome.complete(Program.results(lines), 1));
    }

    @Test
    void aWorkerThatWakesUpAfterItsLeaseRanOutDoesNoHarm() {
        List<String> lines = Program.waitingParts("asleep", 1);
        Job job = exec(lines);
        String sleeper = program.awaitBegan("asleep-1", 1);
        freshet.service(sleeper).pause();
        Awaitility.await("the lease runs out")
                .atMost(Patience.LIMIT)
                .until(() -> !storage.isLeased(storage.indexName(Storage.run(job), 1)));
        program.awaitBegan("asleep-1", 2);
        program.open("asleep-1");
        checker.ended(job, Outcome.complete(Program.results(lines), 1));
        String output = storage.etag(storage.folder(job) + "output_1.json");
        String results = storage.resultsEtag(job);

        freshet.service(sleeper).resume();
        awaitEverySlotIsFree("awake");

        assertThat(program.began("asleep-1")).hasSize(2).doesNotHaveDuplicates();
        assertThat(storage.etag(storage.folder(job) + "output_1.json")).isEqualTo(output);
        assertThat(storage.resultsEtag(job)).isEqualTo(results);
        checker.ended(job, Outcome.complete(Program.results(lines), 1));
    }

    @Test
    void aWorkerToldToStopHandsBackWhatDoesNotFitItsGracePeriod() {
        List<String> lines = Program.waitingParts("returned", 1);
        Job job = exec(lines);
        String first = program.awaitBegan("returned-1", 1);

        int exitCode = freshet.service(first).terminate();
        long ended = System.nanoTime();
        String second = program.awaitBegan("returned-1", 2);
        Duration wait = Duration.ofNanos(System.nanoTime() - ended);

        assertThat(exitCode).isZero();
        assertThat(second).isNotEqualTo(first);
        assertThat(wait).isLessThan(AT_ONCE);
        program.open("returned-1");
        checker.ended(job, Outcome.complete(Program.results(lines), 1));
    }

    @Test
    void beingHandedBackIsNoAttempt() {
        List<String> lines = Program.waitingParts("patient", 1);
        Job job = exec(lines);

        for (int time = 1; time <= TestedFreshet.ATTEMPTS + 1; time++) {
            Service worker = freshet.service(program.awaitBegan("patient-1", time));
            worker.terminate();
            worker.start(Map.of("FRESHET_GRACE", "PT0S"));
        }
        program.awaitBegan("patient-1", TestedFreshet.ATTEMPTS + 2);
        program.open("patient-1");

        checker.ended(job, Outcome.complete(Program.results(lines), 1));
    }

    @Test
    void aPartThatKillsItsWorkersIsGivenUp() {
        Job job = exec(Program.waitingParts("deadly", 1));

        for (int time = 1; time <= TestedFreshet.ATTEMPTS; time++) {
            Service worker = freshet.service(program.awaitBegan("deadly-1", time));
            worker.kill9();
            storage.breakLease(storage.indexName(Storage.run(job), 1));
            storage.send("work", MessageCodec.write(storage.message(Storage.run(job), 1)));
            worker.start();
        }

        checker.ended(job, Outcome.failed(1));
        assertThat(job.reason()).contains("attempted 3 times");
        assertThat(program.began("deadly-1")).hasSize(TestedFreshet.ATTEMPTS);
        storage.takeGivenUpWork();
    }

    @Test
    void aWorkerToldToStopFinishesWhatFitsItsGracePeriod() {
        List<String> lines = Program.waitingParts("finished", 1);
        Job job = exec(lines);
        Service worker = freshet.service(program.awaitBegan("finished-1", 1));

        worker.requestEnd();
        program.open("finished-1");

        assertThat(worker.awaitExit()).isZero();
        checker.ended(job, Outcome.complete(Program.results(lines), 1));
        assertThat(program.began("finished-1")).hasSize(1);
    }

    @Test
    void anIdleWorkerToldToStopEndsAtOnce() {
        assertThat(freshet.worker(2).terminate()).isZero();
    }

    private void awaitAllBegan(String name, int parts) {
        for (int i = 1; i <= parts; i++) {
            program.awaitBegan(name + "-" + i, 1);
        }
    }

    /** As many parts at once as all workers together can have: nobody holds an old one any more. */
    private void awaitEverySlotIsFree(String name) {
        List<String> lines = Program.waitingParts(name, 4);
        Job job = exec(lines);
        awaitAllBegan(name, 4);
        program.openParts(name, 4);
        checker.ended(job, Outcome.complete(Program.results(lines), 4));
    }
}

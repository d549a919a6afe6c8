package io.freshet.system.job;

import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.system.Scenario;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Users suspend, resume, cancel and delete runs in the middle. */
final class CommandsIT extends Scenario {
    /** How long a worker believes what it read of a run. */
    private static final Duration BELIEVED = Duration.ofMillis(1_200);
    /** Parts that the two workers have at once. */
    private static final int AT_ONCE = 4;

    @Test
    void aSuspendedRunFinishesWhatIsInProgressAndBeginsNothingUntilItIsResumed() {
        List<String> lines = Program.waitingParts("rest", 7);
        Job job = exec(lines);
        Awaitility.await("4 parts are in progress").atMost(Patience.LIMIT).until(() -> began("rest", 7) == AT_ONCE);
        job.suspend();
        Awaitility.await("workers ask anew").pollDelay(BELIEVED).until(() -> true);

        program.openParts("rest", 7);
        job.awaitSucceeded(AT_ONCE);
        Awaitility.await("the other messages are dropped")
                .atMost(Patience.LIMIT)
                .until(() -> storage.workDepth() == 0);

        assertThat(job.status()).isEqualTo("Suspended");
        assertThat(began("rest", 7)).isEqualTo(AT_ONCE);
        job.resume();
        checker.ended(job, Outcome.complete(Program.results(lines), 7));
    }

    @Test
    void aSuspendedRunWhosePartsAreAllDoneEndsWhenItIsResumed() {
        List<String> lines = Program.waitingParts("late", 2);
        Job job = exec(lines);
        Awaitility.await("2 parts are in progress").atMost(Patience.LIMIT).until(() -> began("late", 2) == 2);
        job.suspend();
        program.openParts("late", 2);
        job.awaitSucceeded(2);

        assertThat(job.status()).isEqualTo("Suspended");
        job.resume();
        checker.ended(job, Outcome.complete(Program.results(lines), 2));
    }

    @Test
    void aCanceledRunIsStoppedAndLeavesNothingToClaim() {
        List<String> lines = Program.waitingParts("stop", 7);
        Job job = exec(lines);
        Awaitility.await("4 parts are in progress").atMost(Patience.LIMIT).until(() -> began("stop", 7) == AT_ONCE);
        int done = program.openOneThatBegan("stop", 7);
        job.awaitSucceeded(1);

        job.cancel();

        checker.ended(job, Outcome.canceled(1));
        assertThat(job.results(done)).isEqualTo(Program.results(lines.subList(2 * done - 2, 2 * done)));
        checker.atRest();
        assertThat(job.status()).isEqualTo("Canceled");
        assertThat(IntStream.rangeClosed(1, 7).filter(part -> storage.hasOutput(job, part)))
                .containsExactly(done);
    }

    @Test
    void defect9ADeletedRunLeavesNothingAtAll() {
        List<String> lines = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> List.of("fill:x", "wait:gone-" + i))
                .flatMap(List::stream)
                .toList();
        Job job = exec(lines);
        Awaitility.await("parts are in progress").atMost(Patience.LIMIT).until(() -> began("gone", 6) == AT_ONCE);
        program.openOneThatBegan("gone", 6);
        job.awaitSucceeded(1);
        Awaitility.await("as many parts again are in progress")
                .atMost(Patience.LIMIT)
                .until(() -> began("gone", 6) == AT_ONCE + 1);
        Awaitility.await("blocks are staged, which nobody has committed")
                .atMost(Patience.LIMIT)
                .until(() -> storage.namesWithUncommitted(storage.folder(job)).stream()
                                .filter(name -> name.startsWith(storage.folder(job) + "output_"))
                                .count()
                        > 1);

        job.delete();
        assertThat(job.httpStatus()).isEqualTo(404);
        job.delete();

        checker.atRest();
        program.openParts("gone", 6);
        checker.gone(job);
    }

    @Test
    void aFinishedRunCanBeDeleted() {
        Calculations calculations = new Calculations(3).good(30).rejected("x", "malformed JSON at character 2");
        Job job = jobs.submit(calculations.file(), "itemsPerJob=3");
        job.awaitStatus("Complete");

        job.delete();

        checker.gone(job);
    }

    private long began(String name, int parts) {
        return IntStream.rangeClosed(1, parts)
                .filter(i -> !program.began(name + "-" + i).isEmpty())
                .count();
    }
}

package io.freshet.system.job;

import io.freshet.harness.api.Job;
import io.freshet.harness.calculator.Calculations;
import io.freshet.harness.service.Service;
import io.freshet.system.Scenario;
import io.freshet.system.check.Outcome;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Results of more parts than a blob may have blocks, which a lowered limit shows with few: merged as a tree. */
final class TreeMergeIT extends Scenario {
    /** Small outputs are not gathered into one block. */
    private static final Map<String, String> TEN_BLOCKS =
            Map.of("FRESHET_MERGE_MAX_BLOCKS", "10", "FRESHET_MERGE_COPY_FROM_BYTES", "1");

    private static final int PARTS = 300;

    private Service worker;

    @BeforeEach
    void tenBlocksAtMost() {
        freshet.workers().forEach(Service::pause);
        worker = freshet.add("worker", 3);
        worker.start(TEN_BLOCKS);
        freshet.watcher(1).kill9();
        freshet.watcher(1).start(TEN_BLOCKS);
    }

    @AfterEach
    void asBefore() {
        freshet.remove(worker);
        freshet.watcher(1).kill9();
        freshet.watcher(1).start();
    }

    @Test
    void aTreeOfThreeLevelsIsMergedInOrderThoughItsWorkerIsKilledInTheMiddle() {
        Calculations calculations = new Calculations(50).good(PARTS);
        Job job = jobs.submit(calculations.file(), "itemsPerJob=1");
        awaitGroups(job);

        worker.kill9();
        List<String> left = groups(job);
        boolean finished = storage.exists(storage.folder(job) + "results.json");
        worker.start(TEN_BLOCKS);

        assertThat(left).as("groups that are left behind").isNotEmpty();
        assertThat(finished).as("killed too late").isFalse();
        checker.ended(job, Outcome.of(calculations, PARTS));
        assertThat(groups(job)).isEmpty();
    }

    @Test
    void aMergeThatIsGivenUpInTheMiddleLeavesNoGroups() {
        Calculations calculations = new Calculations(51).good(PARTS);
        Job job = jobs.submit(calculations.file(), "itemsPerJob=1");
        awaitGroups(job);
        worker.kill9();

        job.cancel();

        checker.ended(job, Outcome.canceled(PARTS));
        assertThat(groups(job)).isEmpty();
        job.delete();
        checker.gone(job);
    }

    private void awaitGroups(Job job) {
        Awaitility.await("the merge has begun")
                .atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !groups(job).isEmpty());
    }

    private List<String> groups(Job job) {
        return storage.names(storage.folder(job) + "merge_");
    }
}

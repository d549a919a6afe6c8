package io.freshet.system.crash;

import io.freshet.harness.api.Job;
import io.freshet.harness.fault.Fault;
import io.freshet.harness.fault.FaultPlan;
import io.freshet.harness.fault.StorageRequest;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/** A user has a run repeated at the very moment at which the watcher forgets it. */
final class ReopenedRunIT {
    @Test
    void aRunThatIsRepeatedWhileTheWatcherForgetsItIsLookedAfterAgain() throws InterruptedException {
        try (CrashCluster cluster = new CrashCluster("reopened")) {
            cluster.reset();
            List<String> lines = List.of("a", "b", "need:mend", "wait:go");
            CountDownLatch reopened = new CountDownLatch(1);
            Job job = cluster.jobs().submit(lines, "handler=exec&itemsPerJob=2");
            cluster.freshet()
                    .link(cluster.freshet().watcher(1))
                    .plan(FaultPlan.nth(1, ReopenedRunIT::forgets, Fault.before(() -> {
                        cluster.freshet().program().open("mend");
                        job.rerunFailed();
                        reopened.countDown();
                    })));

            reopened.await();

            cluster.freshet().program().awaitBegan("go", 1);
            Awaitility.await("the run is looked after")
                    .atMost(Patience.LIMIT)
                    .until(() -> cluster.storage().isMarkedActive(job));
            cluster.storage().takeGivenUpWork();
            cluster.freshet().program().open("go");
            cluster.checker().ended(job, Outcome.complete(Program.results(lines), 2));
            assertThat(job.status()).isEqualTo("Complete");
        }
    }

    private static boolean forgets(StorageRequest request) {
        return request.operation().equals("DeleteBlob") && request.target().contains("/active/");
    }
}

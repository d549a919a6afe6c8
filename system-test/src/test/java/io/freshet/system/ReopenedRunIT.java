package io.freshet.system;

import io.freshet.testing.proxy.Fault;
import io.freshet.testing.proxy.FaultPlan;
import io.freshet.testing.proxy.StorageRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/** A user has a run repeated at the very moment at which the watcher forgets it. */
final class ReopenedRunIT {
    @Test
    void aRunThatIsRepeatedWhileTheWatcherForgetsItIsLookedAfterAgain() throws InterruptedException {
        try (Stage stage = new Stage("reopened")) {
            stage.reset();
            List<String> lines = List.of("a", "b", "need:mend", "wait:go");
            CountDownLatch reopened = new CountDownLatch(1);
            Job job = stage.jobs().submit(lines, "handler=exec&itemsPerJob=2");
            stage.freshet()
                    .link(stage.freshet().watcher(1))
                    .plan(FaultPlan.nth(1, ReopenedRunIT::forgets, Fault.before(() -> {
                        stage.freshet().program().open("mend");
                        job.rerunFailed();
                        reopened.countDown();
                    })));

            reopened.await();

            stage.freshet().program().awaitBegan("go", 1);
            Awaitility.await("the run is looked after")
                    .atMost(Duration.ofSeconds(20))
                    .until(job::isMarkedActive);
            stage.storage().takeGivenUpWork();
            stage.freshet().program().open("go");
            stage.inspection().ended(job, Outcome.complete(Program.results(lines), 2));
            assertThat(job.status()).isEqualTo("Complete");
        }
    }

    private static boolean forgets(StorageRequest request) {
        return request.operation().equals("DeleteBlob") && request.target().contains("/active/");
    }
}

package io.freshet.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Two releases in one namespace, the second one without KEDA, know nothing of each other. */
class ReleasesIT {
    private static final Calculations FEW = new Calculations(4);

    private final Release first = Release.named("one");
    private final Release second = first.beside("two")
            .with("scale", Map.of("enabled", false))
            .with("replicas", 2)
            .with("rbac", Map.of("create", false));

    @AfterEach
    void remove() {
        second.close();
        first.close();
    }

    @Test
    void eachComputesItsOwnJobsAndGoesAlone() {
        first.install();
        second.installAgain();
        first.freshet().awaitNoWorker();
        second.freshet().awaitWorkers(2);

        compute(second);
        assertThat(first.freshet().pods("worker")).isEmpty();
        // every watcher writes what the dashboard shows
        assertThat(Storage.get().blobs(first.container(), "")).allMatch(blob -> blob.startsWith("dashboard/"));
        compute(first);

        second.uninstall();
        Freshet.await("all of the second release is gone")
                .untilAsserted(() -> assertThat(second.objects()).isEmpty());
        assertThat(first.freshet().ready("gateway")).isNotEmpty();
        assertThat(first.freshet().ready("watcher")).isNotEmpty();
    }

    @Test
    void eachHasBurstsOfItsOwn() {
        Release one = Release.named("red").bursting().set("EXEC_COMMAND", "sleep 1; cat");
        Release two = one.beside("blue").bursting().set("EXEC_COMMAND", "sleep 1; cat");
        Calculations many = new Calculations(60);
        one.install();
        two.installAgain();
        try (ClusterGateway first = one.freshet().gateway();
                ClusterGateway other = two.freshet().gateway()) {
            String job = first.submit(many.lines(), "handler=exec&itemsPerJob=2");
            String kept = other.submit(many.lines(), "handler=exec&itemsPerJob=2");
            one.freshet().awaitSucceeded(first, job, 1);
            two.freshet().awaitSucceeded(other, kept, 1);

            first.delete("/jobs/" + job);

            new Inspection(one).gone(first, job);
            assertThat(new Bursts(two).jobs(kept)).hasSize(1);
            new Inspection(two).rightAndThenGone(other, kept, many.lines());
        } finally {
            two.close();
            one.close();
        }
    }

    private static void compute(Release release) {
        try (ClusterGateway gateway = release.freshet().gateway()) {
            String job = gateway.submit(FEW.lines(), "handler=calculator");
            release.freshet().awaitStatus(gateway, job, "Complete");

            assertThat(gateway.text("/jobs/" + job + "/results")).isEqualTo(FEW.results());
        }
    }
}

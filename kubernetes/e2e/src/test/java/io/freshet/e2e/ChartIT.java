package io.freshet.e2e;

import io.freshet.harness.process.Foreground.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators do with the chart, while runs are going on. */
class ChartIT {
    private static final Calculations MANY = new Calculations(60);
    private static final String SLOWLY = "handler=exec&itemsPerJob=5";

    private final Release release = Release.named("compute").set("EXEC_COMMAND", "sleep 1; cat");
    private final Freshet freshet = release.freshet();

    @BeforeEach
    void install() {
        release.install();
    }

    @AfterEach
    void remove() {
        release.close();
    }

    @Test
    void itsOwnTestLooksAtEverythingComputesAJobAndLeavesNoPod() {
        Outcome outcome = release.test();

        assertThat(outcome.exit()).as(outcome.said()).isZero();
        assertThat(outcome.said())
                .contains(
                        "ok      rights on the cluster: all that bursts need", "All is well.", "The results are right.")
                .containsPattern("ok +ScaledObject \\S+: ready")
                .doesNotContain("wrong ");
        assertThat(Cluster.get()
                        .client()
                        .pods()
                        .inNamespace(release.namespace())
                        .list()
                        .getItems())
                .noneMatch(pod -> pod.getMetadata().getName().matches(".*-(test|doctor.*)"));
    }

    @Test
    void itsDoctorSaysWhatIsMissing() {
        Cluster.get()
                .client()
                .rbac()
                .roleBindings()
                .inNamespace(release.namespace())
                .delete();

        assertThat(release.test().said())
                .contains("wrong   rights on the cluster: missing in the namespace", "create jobs", "rbac.create");
    }

    @Test
    void anUpgradeAndARollbackCostARunningJobNoLine() {
        String job;
        try (ClusterGateway gateway = freshet.gateway()) {
            job = gateway.submit(MANY.lines(), SLOWLY);
            freshet.awaitSucceeded(gateway, job, 1);
        }

        release.set("MAXDEQUEUECOUNT", 7);
        release.upgrade();
        release.rollback();

        try (ClusterGateway gateway = freshet.gateway()) {
            new Inspection(release).rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void whatWasUninstalledInTheMiddleOfARunGoesOnWhenItIsInstalledAgain() {
        String job;
        try (ClusterGateway gateway = freshet.gateway()) {
            job = gateway.submit(MANY.lines(), SLOWLY);
            freshet.awaitSucceeded(gateway, job, 1);
        }

        release.uninstall();

        Freshet.await("all of the release is gone")
                .untilAsserted(() -> assertThat(release.objects()).isEmpty());

        release.installAgain();

        try (ClusterGateway gateway = freshet.gateway()) {
            new Inspection(release).rightAndThenGone(gateway, job, MANY.lines());
        }
    }
}

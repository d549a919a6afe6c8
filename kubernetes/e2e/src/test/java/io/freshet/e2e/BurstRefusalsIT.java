package io.freshet.e2e;

import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever pods of a burst are refused by: the job goes on with those that came, or in the cluster, and says why. */
class BurstRefusalsIT {
    private static final Release RELEASE = Release.named("refusals")
            .bursting()
            .set("EXEC_COMMAND", "sleep 1; cat")
            // less than a pod of a burst has, so that a limit can be between the two
            .with("resources", Map.of("requests", Map.of("cpu", "500m", "memory", "256Mi")));
    private static final Freshet FRESHET = RELEASE.freshet();
    private static final Inspection INSPECTION = new Inspection(RELEASE);
    private static final Bursts BURSTS = new Bursts(RELEASE);
    private static final Calculations MANY = new Calculations(60);
    private static final String SLOWLY = "handler=exec&itemsPerJob=5";
    private static final String ONE_BY_ONE = "handler=exec&itemsPerJob=2";
    private static final String OBSTACLE = "e2e-obstacle";

    @BeforeAll
    static void install() {
        VirtualNodes.openUsual();
        RELEASE.install();
    }

    @AfterAll
    static void remove() {
        VirtualNodes.openUsual();
        RELEASE.close();
    }

    @AfterEach
    void openNodes() {
        VirtualNodes.openUsual();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = Machines.PROGRAM, matches = ".+", disabledReason = Machines.MISSING)
    void aProviderWhoseQuotaIsUsedUpGivesWhatItHasAndTheClusterTheRest() {
        VirtualNodes.openSmallOnly();
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String partly = gateway.submit(MANY.lines(), ONE_BY_ONE);
            // before it asks for what is left, and long before anybody knows that it is too little
            BURSTS.awaitRunning(partly, 2);
            String refused = gateway.submit(MANY.lines(), SLOWLY);

            assertThat(BURSTS.awaitReason(gateway, partly, "ProviderFailed"))
                    .isEqualTo("2 of 4 pods on v1 nodes: ProviderFailed");
            assertThat(BURSTS.awaitReason(gateway, refused, "ProviderFailed"))
                    .isEqualTo("no pod runs on virtual nodes: ProviderFailed");
            String later = gateway.submit(MANY.lines(), SLOWLY + "&aci=1");
            assertThat(BURSTS.awaitReason(gateway, later, "no capacity"))
                    .isEqualTo("virtual nodes had no capacity left a moment ago");
            assertThat(BURSTS.jobs(later)).isEmpty();
            assertThat(BURSTS.jobs(partly).getFirst().getSpec().getParallelism())
                    .isEqualTo(2);
            assertThat(BURSTS.news(partly)).contains("BurstLowered");

            for (String job : List.of(refused, later, partly)) {
                INSPECTION.right(gateway, job, MANY.lines());
                gateway.delete("/jobs/" + job);
            }
            for (String job : List.of(refused, later, partly)) {
                INSPECTION.gone(gateway, job);
            }
        } finally {
            BURSTS.forgetWhatWasAccepted();
        }
    }

    @Test
    void withoutANodeThatFitsTheClusterComputes() {
        VirtualNodes.closeAll();
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);

            assertThat(BURSTS.awaitReason(gateway, job, "no pod"))
                    .isEqualTo("no pod runs on virtual nodes: Unschedulable");

            assertThat(Bursts.isOnVirtualNodes(gateway.get("/jobs/" + job))).isFalse();
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void podsThatAdmissionRefusesAreLeftToTheCluster() {
        Cluster.get()
                .client()
                .resource(new LimitRangeBuilder()
                        .withNewMetadata()
                        .withName(OBSTACLE)
                        .withNamespace(RELEASE.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addNewLimit()
                        .withType("Container")
                        .addToMax("cpu", new Quantity("600m"))
                        .endLimit()
                        .endSpec()
                        .build())
                .create();
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);

            assertThat(BURSTS.awaitReason(gateway, job, "no pod"))
                    .isEqualTo("no pod runs on virtual nodes: FailedCreate");

            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        } finally {
            Cluster.get().kubectl("delete", "limitrange", OBSTACLE, "--namespace", RELEASE.namespace());
        }
    }

    @Test
    void aJobThatTheNamespacesQuotaRefusesIsLeftToTheCluster() {
        Cluster.get()
                .client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName(OBSTACLE)
                        .withNamespace(RELEASE.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("count/jobs.batch", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);

            assertThat(BURSTS.awaitReason(gateway, job, "no pod"))
                    .isEqualTo("no pod runs on virtual nodes: the namespace's quota is used up");

            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        } finally {
            Cluster.get().kubectl("delete", "resourcequota", OBSTACLE, "--namespace", RELEASE.namespace());
        }
    }

    @Test
    void anImageThatNobodyHasIsNoReasonToWaitForEver() {
        String deployment = "deployment/refusals-freshet-watcher";
        Cluster cluster = Cluster.get();
        String image = cluster.kubectl(
                "get",
                deployment,
                "--namespace",
                RELEASE.namespace(),
                "--output",
                "jsonpath={.spec.template.spec.containers[0].env[?(@.name==\"JOBIMAGE\")].value}");
        setJobImage(deployment, "example.invalid/nobody-has-it:1");
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);

            assertThat(BURSTS.awaitReason(gateway, job, "no pod"))
                    .matches("no pod runs on virtual nodes: (ErrImagePull|ImagePullBackOff)");

            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        } finally {
            setJobImage(deployment, image);
        }
    }

    private static void setJobImage(String deployment, String image) {
        Cluster cluster = Cluster.get();
        cluster.kubectl("set", "env", deployment, "JOBIMAGE=" + image, "--namespace", RELEASE.namespace());
        cluster.kubectl("rollout", "status", deployment, "--namespace", RELEASE.namespace(), "--timeout", "3m");
    }
}

package io.freshet.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.freshet.harness.fault.Fault;
import io.freshet.harness.fault.FaultPlan;
import io.freshet.harness.fault.StorageLink;
import io.freshet.harness.fault.StorageProxy;
import io.freshet.harness.storage.Azurite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever dies in the middle of a burst, and whatever is in its way: no line is lost, and nothing is left. */
@DisabledIfEnvironmentVariable(
        named = "E2E_STORAGE",
        matches = ".+",
        disabledReason = "a proxy between pods and storage can stand before an emulator of this machine only")
class BurstMishapsIT {
    private static final StorageProxy PROXY = new StorageProxy(Azurite.shared());
    private static final StorageLink LINK = PROXY.link("pods");
    private static final Release RELEASE =
            Release.named("mishaps").bursting().storage(LINK.connectionString()).set("EXEC_COMMAND", "sleep 1; cat");
    private static final Freshet FRESHET = RELEASE.freshet();
    private static final Inspection INSPECTION = new Inspection(RELEASE);
    private static final Bursts BURSTS = new Bursts(RELEASE);
    private static final Calculations MANY = new Calculations(60);
    private static final String SLOWLY = "handler=exec&itemsPerJob=5";
    private static final String ONE_BY_ONE = "handler=exec&itemsPerJob=2";
    private static final String WATCHER = "deployment/mishaps-freshet-watcher";

    @BeforeAll
    static void install() {
        VirtualNodes.openUsual();
        RELEASE.install();
    }

    @AfterAll
    static void remove() {
        RELEASE.close();
        PROXY.close();
    }

    /** The document says that there is to be a Job; who wrote that never learns that it was written. */
    @Test
    void aWatcherThatDiesBetweenTheIntentAndTheJobIsReplacedByOneThatMakesIt() {
        Pod watcher = FRESHET.ready("watcher").getFirst();
        AtomicBoolean intended = new AtomicBoolean();
        LINK.plan(request ->
                request.operation().equals("PutBlob") && request.target().startsWith(RELEASE.container())
                        ? new Fault.After(answer -> {
                            if (isIntent(request.target()) && intended.compareAndSet(false, true)) {
                                return Fault.Ending.SILENCE;
                            }
                            return Fault.Ending.DELIVERED;
                        })
                        : Fault.NONE);
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);
            Freshet.await("the watcher intends to burst").untilTrue(intended);
            assertThat(BURSTS.jobs(job)).isEmpty();

            LINK.plan(FaultPlan.NONE);
            FRESHET.kill(watcher);

            BURSTS.awaitJob(job);
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        } finally {
            LINK.plan(FaultPlan.NONE);
        }
    }

    private static boolean isIntent(String target) {
        String blob = target.substring(RELEASE.container().length() + 1);
        return Storage.get().text(RELEASE.container(), blob).contains("\"is\":\"Burst\"");
    }

    @Test
    void aWatcherThatDiesWhenTheJobIsMadeIsReplacedByOneThatAdoptsIt() {
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);
            String made = BURSTS.awaitJob(job).getMetadata().getUid();
            Pod watcher = FRESHET.ready("watcher").getFirst();

            FRESHET.kill(watcher);
            FRESHET.awaitAnother(watcher);

            assertThat(BURSTS.jobs(job))
                    .extracting(found -> found.getMetadata().getUid())
                    .allMatch(made::equals);
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    void aForeignJobUnderOurNameIsLeftAloneAndTheClusterComputes() {
        Cluster cluster = Cluster.get();
        scaleWatcher(0);
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), SLOWLY);
            Job foreign = cluster.client().resource(foreign(job)).create();

            scaleWatcher(1);

            assertThat(BURSTS.awaitReason(gateway, job, "no pod"))
                    .isEqualTo("no pod runs on virtual nodes: a Job " + job + " exists that is not ours");
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
            assertThat(cluster.client().resource(foreign).get().getMetadata().getUid())
                    .isEqualTo(foreign.getMetadata().getUid());
            cluster.client().resource(foreign).delete();
        } finally {
            scaleWatcher(1);
        }
    }

    private static void scaleWatcher(int replicas) {
        Cluster.get()
                .kubectl(
                        "scale", WATCHER, "--replicas", Integer.toString(replicas), "--namespace", RELEASE.namespace());
        Freshet.await(replicas + " watchers are there")
                .until(() -> FRESHET.pods("watcher").size() == replicas);
    }

    private static Job foreign(String name) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(RELEASE.namespace())
                .endMetadata()
                .withNewSpec()
                .withSuspend(true)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("other")
                .withImage("busybox")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = Machines.PROGRAM, matches = ".+", disabledReason = Machines.MISSING)
    void anApiServerThatIsRestartedCostsTimeAndNoLine() {
        String job;
        try (ClusterGateway gateway = FRESHET.gateway()) {
            job = gateway.submit(MANY.lines(), ONE_BY_ONE);
            FRESHET.awaitSucceeded(gateway, job, 1);
        }

        Machines.restart("apiserver");

        try (ClusterGateway gateway = FRESHET.gateway()) {
            INSPECTION.rightAndThenGone(gateway, job, MANY.lines());
        }
    }

    @Test
    @Tag("slow")
    @EnabledIfEnvironmentVariable(named = Machines.PROGRAM, matches = ".+", disabledReason = Machines.MISSING)
    void aNodeThatIsLostCostsTimeAndNoLine() {
        String node = VirtualNodes.usual().iterator().next();
        try (ClusterGateway gateway = FRESHET.gateway()) {
            String job = gateway.submit(MANY.lines(), ONE_BY_ONE);
            FRESHET.awaitSucceeded(gateway, job, 1);

            Machines.kill("node-" + node);
            try {
                INSPECTION.right(gateway, job, MANY.lines());
            } finally {
                Machines.restart("node-" + node);
            }
            gateway.delete("/jobs/" + job);
            INSPECTION.gone(gateway, job);
        }
    }
}

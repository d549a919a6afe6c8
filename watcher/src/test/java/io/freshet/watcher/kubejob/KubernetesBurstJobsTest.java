package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.testing.Patience;
import io.freshet.watcher.reconcile.BurstJobs.News;
import io.freshet.watcher.reconcile.BurstObservation;
import io.freshet.watcher.reconcile.BurstObservation.Active;
import io.freshet.watcher.reconcile.BurstOrder;
import io.freshet.watcher.reconcile.WatcherConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** On the cluster that {@code KUBECONFIG} names; each test in a namespace of its own. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "KUBECONFIG names no cluster to create Jobs on")
class KubernetesBurstJobsTest {
    private static final String JOB = SampleRuns.ID.toString();

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Set<RunId> moved = ConcurrentHashMap.newKeySet();
    private String namespace = "";

    @BeforeAll
    void thereIsACluster() {
        assertThat(client.getKubernetesVersion()).isNotNull();
    }

    @AfterAll
    void close() {
        client.close();
    }

    @BeforeEach
    void makeNamespace() {
        namespace = client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("freshet-bursts-")
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    @AfterEach
    void removeNamespace() {
        client.namespaces().withName(namespace).delete();
    }

    @Test
    void aJobAndWhatItsPodsNeedAreMadeSeenAndRemoved() {
        KubernetesBurstJobs jobs = jobs("blue");

        assertThat(now(jobs.create(order(2)))).isEmpty();
        await().atMost(Patience.LIMIT)
                .until(() ->
                        jobs.observe(order(2)) instanceof Active a && a.pods().size() == 2);
        assertThat(moved).contains(SampleRuns.ID);
        assertThat(jobs.runs()).containsExactly(SampleRuns.ID);
        assertThat(client.secrets()
                        .inNamespace(namespace)
                        .withName(JOB)
                        .get()
                        .getMetadata()
                        .getOwnerReferences())
                .hasSize(1);

        now(jobs.removeAll(SampleRuns.ID));

        await().atMost(Patience.LIMIT).untilAsserted(() -> assertThat(left()).isEmpty());
        await().atMost(Patience.LIMIT).until(() -> jobs.observe(order(2)) instanceof BurstObservation.Absent);
        assertThat(jobs.runs()).isEmpty();
    }

    @Test
    void aJobThatWasMadeBeforeIsAdoptedAndLetIn() {
        KubernetesBurstJobs jobs = jobs("blue");
        now(jobs.create(order(1)));
        client.secrets().inNamespace(namespace).withName(JOB).delete();
        now(jobs.suspend(order(1)));

        assertThat(now(jobs.create(order(1)))).isEmpty();

        assertThat(job().getSpec().getSuspend()).isFalse();
        assertThat(client.secrets().inNamespace(namespace).withName(JOB).get()).isNotNull();
    }

    @Test
    void aJobOfOthersUnderOurNameIsLeftAlone() {
        now(jobs("green").create(order(1)));
        KubernetesBurstJobs jobs = jobs("blue");

        assertThat(now(jobs.create(order(1)))).hasValue("a Job " + JOB + " exists that is not ours");
        now(jobs.removeAll(SampleRuns.ID));
        now(jobs.remove(order(1)));

        assertThat(job()).isNotNull();
        assertThat(jobs.observe(order(1))).isInstanceOf(BurstObservation.Absent.class);
        assertThat(jobs.runs()).isEmpty();
    }

    @Test
    void aStrangersJobUnderOurNameIsLeftAlone() {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .resource(new JobBuilder()
                        .withNewMetadata()
                        .withName(JOB)
                        .endMetadata()
                        .withNewSpec()
                        .withSuspend(true)
                        .withNewTemplate()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("a")
                        .withImage("a")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();

        assertThat(now(jobs("blue").create(order(1)))).hasValue("a Job " + JOB + " exists that is not ours");

        assertThat(job().getSpec().getSuspend()).isTrue();
    }

    @Test
    void aQuotaOfJobsIsSaidInOurWords() {
        client.resourceQuotas()
                .inNamespace(namespace)
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("none")
                        .endMetadata()
                        .withNewSpec()
                        .withHard(Map.of("count/jobs.batch", new Quantity("0")))
                        .endSpec()
                        .build())
                .create();
        KubernetesBurstJobs jobs = jobs("blue");

        await().atMost(Patience.LIMIT)
                .untilAsserted(
                        () -> assertThat(now(jobs.create(order(1)))).hasValue("the namespace's quota is used up"));
    }

    @Test
    void podsAreSuspendedResumedAndMadeFewer() {
        KubernetesBurstJobs jobs = jobs("blue");
        now(jobs.create(order(3)));

        now(jobs.suspend(order(3)));
        await().atMost(Patience.LIMIT).until(() -> jobs.observe(order(3)) instanceof BurstObservation.Suspended);
        now(jobs.resume(order(3)));
        await().atMost(Patience.LIMIT).until(() -> jobs.observe(order(3)) instanceof Active);
        now(jobs.lower(order(3), 1));

        await().atMost(Patience.LIMIT).until(() -> jobs.observe(order(3)) instanceof Active a && a.wanted() == 1);
    }

    @Test
    void whatHappensIsAnEventOnTheJob() {
        KubernetesBurstJobs jobs = jobs("blue");
        now(jobs.create(order(1)));
        await().atMost(Patience.LIMIT).until(() -> jobs.observe(order(1)) instanceof Active);

        now(jobs.tell(order(1), new News("BurstLowered", "1 of 4 pods")));

        List<Event> events = client.v1()
                .events()
                .inNamespace(namespace)
                .withField("reason", "BurstLowered")
                .list()
                .getItems();
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().getInvolvedObject().getUid())
                .isEqualTo(job().getMetadata().getUid());
        assertThat(now(jobs.warning(order(1)))).hasValue("BurstLowered");
    }

    private List<String> left() {
        return List.of(
                        client.batch().v1().jobs().inNamespace(namespace).list().getItems(),
                        client.pods().inNamespace(namespace).list().getItems(),
                        client.secrets().inNamespace(namespace).list().getItems())
                .stream()
                .flatMap(List::stream)
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
    }

    private Job job() {
        return client.batch().v1().jobs().inNamespace(namespace).withName(JOB).get();
    }

    private static BurstOrder order(int pods) {
        return new BurstOrder(SampleRuns.ID, JOB, false, pods, "v1", null, 0);
    }

    /** An installation's Jobs, once the cluster has answered. */
    private KubernetesBurstJobs jobs(String instance) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "BURSTS",
                "on",
                "JOBNAMESPACE",
                namespace,
                "JOBIMAGE",
                "there-is-no-such-image",
                "FRESHET_INSTANCE",
                instance));
        SmallRyeConfig config = Variables.config(variables);
        JobsConfig settings = config.getConfigMapping(JobsConfig.class);
        SigningStorage storage = new SigningStorage(true);
        KubernetesBurstJobs jobs = new KubernetesBurstJobs(
                new Switch(settings, Variables.bursts(variables), storage, config),
                () -> client,
                new ClusterFactory(settings, new Grace(), new PodVariables(config), storage, "jobs"),
                Clock.systemUTC());
        jobs.start(moved::add);
        await().atMost(Patience.LIMIT).until(() -> !(jobs.observe(order(1)) instanceof BurstObservation.Unknown));
        return jobs;
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }

    private record Grace() implements WatcherConfig {
        @Override
        public Duration reconcileInterval() {
            return Duration.ofSeconds(30);
        }

        @Override
        public int dispatchWindow() {
            return 1;
        }

        @Override
        public Duration abandonedAfter() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration grace() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Optional<Duration> retention() {
            return Optional.empty();
        }
    }
}

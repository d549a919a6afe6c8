package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.freshet.dashboard.Cluster;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterViewTest {
    private static final String RUN = "2026-11-8405256245329624086";
    private static final Instant MADE = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant STARTED = Instant.parse("2026-11-22T10:00:05Z");

    @Test
    void nodesAreThoseOfTheClusterAndVirtualOnes() {
        List<Node> nodes = List.of(
                read(
                        "{metadata: {name: v, labels: {type: virtual-kubelet}},"
                                + " status: {conditions: [{type: Ready, status: Unknown}]}}",
                        Node.class),
                read("{metadata: {name: a}, status: {conditions: [{type: Ready, status: 'True'}]}}", Node.class));

        assertThat(ClusterView.of(nodes, List.of(), List.of(), List.of()).nodes())
                .containsExactly(new Cluster.Node("a", true, false), new Cluster.Node("v", false, true));
    }

    @Test
    void podsAreThoseThatHaveNotEnded() {
        List<Pod> pods = List.of(
                pod("gateway-1", "app.kubernetes.io/component: gateway", running()),
                pod("burst-1", burstLabels(), running()),
                pod("burst-2", burstLabels(), "{phase: Succeeded, containerStatuses: []}"),
                pod(
                        "worker-1",
                        "app.kubernetes.io/component: worker",
                        "{phase: Pending, containerStatuses: [], conditions: [{type: PodScheduled, status: 'False',"
                                + " reason: Unschedulable, message: no node has room}]}"));

        assertThat(ClusterView.of(List.of(), pods, List.of(), List.of()).pods())
                .containsExactly(
                        new Cluster.Pod("burst-1", "worker", "n", "Running", null, STARTED, RUN),
                        new Cluster.Pod("gateway-1", "gateway", "n", "Running", null, STARTED, null),
                        new Cluster.Pod(
                                "worker-1", "worker", "n", "Pending", "Unschedulable: no node has room", MADE, null));
    }

    @Test
    void aBurstThatGotLessThanItAskedForSaysWhy() {
        Job job = read(
                "{metadata: {name: " + RUN + ", labels: {" + burstLabels() + "}, annotations: {job_parallelism: '4'}},"
                        + " spec: {parallelism: 1}}",
                Job.class);
        List<Pod> pods = List.of(
                pod("a", burstLabels(), running()),
                pod("b", burstLabels(), "{phase: Failed, reason: ProviderFailed, containerStatuses: []}"));

        assertThat(ClusterView.of(List.of(), pods, List.of(), List.of(job)).bursts())
                .containsExactly(new Cluster.Burst(RUN, 4, 1, "ProviderFailed"));
    }

    @Test
    void aJobThatHasEndedIsNoBurst() {
        Job job = read(
                "{metadata: {name: " + RUN + ", labels: {" + burstLabels() + "}}, spec: {parallelism: 1},"
                        + " status: {conditions: [{type: Complete, status: 'True'}]}}",
                Job.class);

        assertThat(ClusterView.of(List.of(), List.of(), List.of(), List.of(job)).bursts())
                .isEmpty();
    }

    @Test
    void aScalerHasTheWorkersThatAreThere() {
        GenericKubernetesResource scaler = read(
                "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: s}, spec: {maxReplicaCount: 7},"
                        + " status: {conditions: [{type: Ready, status: 'True'}, {type: Active, status: 'True'}]}}",
                GenericKubernetesResource.class);
        List<Pod> pods =
                List.of(pod("w", "app.kubernetes.io/component: worker", running()), pod("a", burstLabels(), running()));

        assertThat(ClusterView.of(List.of(), pods, List.of(scaler), List.of()).scalers())
                .containsExactly(new Cluster.Scaler("s", true, 0, 1, 7));
    }

    private static String burstLabels() {
        return "app.kubernetes.io/component: burst, job_correlation_id: " + RUN + ", batch.kubernetes.io/job-name: "
                + RUN;
    }

    private static String running() {
        return "{phase: Running, containerStatuses: [{state: {running: {startedAt: '" + STARTED + "'}}}]}";
    }

    private static Pod pod(String name, String labels, String status) {
        return read(
                "{metadata: {name: " + name + ", creationTimestamp: '" + MADE + "', labels: {" + labels
                        + "}}, spec: {nodeName: n}, status: " + status + "}",
                Pod.class);
    }

    private static <T> T read(String yaml, Class<T> type) {
        return Serialization.unmarshal("---\n" + yaml, type);
    }
}

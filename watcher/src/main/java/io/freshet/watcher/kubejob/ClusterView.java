package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.freshet.dashboard.Cluster;
import io.freshet.watcher.kubejob.Surroundings.Conditions;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Combines objects of a cluster for the dashboard; pure functions. */
final class ClusterView {
    private static final Set<String> ENDS = Set.of("Succeeded", "Failed");
    private static final int DEFAULT_MAX = 100;

    private ClusterView() {}

    static Cluster of(List<Node> nodes, List<Pod> pods, List<GenericKubernetesResource> scalers, List<Job> jobs) {
        List<Pod> alive = pods.stream().filter(ClusterView::isAlive).toList();
        int workers = (int)
                alive.stream().filter(pod -> "worker".equals(component(pod))).count();
        return new Cluster(
                nodes.stream()
                        .map(ClusterView::node)
                        .sorted(Comparator.comparing(Cluster.Node::name))
                        .toList(),
                alive.stream()
                        .map(ClusterView::pod)
                        .sorted(Comparator.comparing(Cluster.Pod::name))
                        .toList(),
                scalers.stream()
                        .map(scaler -> scaler(scaler, workers))
                        .sorted(Comparator.comparing(Cluster.Scaler::name))
                        .toList(),
                jobs.stream()
                        .filter(ClusterView::isBurst)
                        .map(job -> burst(job, pods))
                        .sorted(Comparator.comparing(Cluster.Burst::run))
                        .toList());
    }

    private static Cluster.Node node(Node node) {
        Map<String, String> labels =
                Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
        boolean ready = node.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
        return new Cluster.Node(node.getMetadata().getName(), ready, Nodes.isVirtual(labels));
    }

    private static boolean isAlive(Pod pod) {
        return !ENDS.contains(phase(pod));
    }

    private static Cluster.Pod pod(Pod pod) {
        String component = component(pod);
        return new Cluster.Pod(
                pod.getMetadata().getName(),
                Labels.run(pod).isPresent() ? "worker" : component,
                pod.getSpec().getNodeName(),
                phase(pod),
                PodView.explanation(pod.getStatus()),
                since(pod),
                Labels.run(pod).map(Object::toString).orElse(null));
    }

    private static String component(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return Objects.requireNonNullElse(labels == null ? null : labels.get(Labels.COMPONENT), "other");
    }

    private static String phase(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getPhase(), "Pending");
    }

    private static Instant since(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(status ->
                        status.getState() == null ? null : status.getState().getRunning())
                .filter(Objects::nonNull)
                .map(running -> Instant.parse(running.getStartedAt()))
                .findFirst()
                .orElseGet(() -> Instant.parse(pod.getMetadata().getCreationTimestamp()));
    }

    private static Cluster.Scaler scaler(GenericKubernetesResource scaler, int replicas) {
        return new Cluster.Scaler(
                scaler.getMetadata().getName(),
                Conditions.hold(scaler, "Active"),
                number(scaler.get("spec", "minReplicaCount"), 0),
                replicas,
                number(scaler.get("spec", "maxReplicaCount"), DEFAULT_MAX));
    }

    private static int number(@Nullable Object value, int otherwise) {
        return value instanceof Number number ? number.intValue() : otherwise;
    }

    private static boolean isBurst(Job job) {
        return "burst".equals(job.getMetadata().getLabels().get(Labels.COMPONENT)) && !JobView.hasEnded(job);
    }

    /** The reason is that of a pod that has not started or was refused. */
    private static Cluster.Burst burst(Job job, List<Pod> pods) {
        List<Pod> ours = pods.stream()
                .filter(pod -> Labels.job(pod).equals(job.getMetadata().getName()))
                .toList();
        int running =
                (int) ours.stream().filter(pod -> phase(pod).equals("Running")).count();
        int asked = asked(job);
        Optional<String> reason = running >= asked
                ? Optional.empty()
                : ours.stream()
                        .filter(pod -> !phase(pod).equals("Running"))
                        .flatMap(pod -> Optional.ofNullable(PodView.explanation(pod.getStatus())).stream())
                        .findFirst();
        return new Cluster.Burst(Labels.run(job).map(Object::toString).orElse(""), asked, running, reason.orElse(null));
    }

    /** What it was created with; it may have been lowered since. */
    private static int asked(Job job) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.of());
        String asked = annotations.getOrDefault(JobTemplate.ASKED, "");
        return asked.matches("\\d{1,6}")
                ? Integer.parseInt(asked)
                : number(job.getSpec().getParallelism(), 1);
    }
}

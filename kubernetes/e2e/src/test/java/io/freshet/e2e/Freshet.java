package io.freshet.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An installed Freshet: what its operator sees of it, and its clients. */
final class Freshet {
    private static final String COMPONENT = "app.kubernetes.io/component";
    private static final int GATEWAY_PORT = 8080;

    private final Cluster cluster = Cluster.get();
    private final String namespace;
    private final String instance;

    /** @param instance as the label says: the name of the release */
    Freshet(String namespace, String instance) {
        this.namespace = namespace;
        this.instance = instance;
    }

    String namespace() {
        return namespace;
    }

    /** The pods of a service that are not on their way out. */
    List<Pod> pods(String component) {
        return client()
                .pods()
                .inNamespace(namespace)
                .withLabels(Map.of("app.kubernetes.io/instance", instance, COMPONENT, component))
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    List<Pod> ready(String component) {
        return pods(component).stream().filter(Readiness::isPodReady).toList();
    }

    Freshet awaitReady() {
        await("gateway and watcher are ready")
                .until(() -> !ready("gateway").isEmpty() && !ready("watcher").isEmpty());
        return this;
    }

    Freshet awaitWorkers(int atLeast) {
        await(atLeast + " workers are ready").until(() -> ready("worker").size() >= atLeast);
        return this;
    }

    /** Those that are told to stop, and do so, are not counted. */
    void awaitWorkersAtMost(int most) {
        await("there are " + most + " workers at most")
                .until(() -> pods("worker").size() <= most);
    }

    void awaitNoWorker() {
        awaitWorkersAtMost(0);
    }

    /** Waits for the pod that stands in for one that was ended. */
    void awaitAnother(Pod ended) {
        String component = ended.getMetadata().getLabels().get(COMPONENT);
        await("another " + component + " is ready")
                .until(() -> ready(component).stream()
                        .anyMatch(pod -> !pod.getMetadata()
                                .getUid()
                                .equals(ended.getMetadata().getUid())));
    }

    /** Ends a pod at once, as a lost machine would. */
    void kill(Pod pod) {
        client().resource(pod).withGracePeriod(0).delete();
    }

    /** What draining a node does with a pod; false where a budget forbids it. */
    boolean evict(Pod pod) {
        return client().pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .evict();
    }

    ClusterGateway gateway() {
        await("the gateway is ready").until(() -> !ready("gateway").isEmpty());
        String pod = ready("gateway").getFirst().getMetadata().getName();
        return new ClusterGateway(new PortForward(namespace, pod, GATEWAY_PORT));
    }

    /** Waits for this status; another end is a failure. */
    void awaitStatus(ClusterGateway gateway, String job, String status) {
        gateway.job(job).awaitStatus(status, Patience.LIMIT);
    }

    void awaitSucceeded(ClusterGateway gateway, String job, int parts) {
        gateway.job(job).awaitSucceeded(parts, Patience.LIMIT);
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Patience.LIMIT).pollInterval(Duration.ofMillis(250));
    }

    private KubernetesClient client() {
        return cluster.client();
    }
}

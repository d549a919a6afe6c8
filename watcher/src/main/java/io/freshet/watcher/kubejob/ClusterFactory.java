package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.freshet.storage.StorageAccess;
import io.freshet.watcher.reconcile.WatcherConfig;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.Objects;

/** Creates what works on a cluster. */
@Singleton
final class ClusterFactory {
    private final JobsConfig config;
    private final WatcherConfig watcher;
    private final PodVariables variables;
    private final StorageAccess storage;
    private final String container;

    ClusterFactory(
            JobsConfig config,
            WatcherConfig watcher,
            PodVariables variables,
            StorageAccess storage,
            @ConfigProperty(name = "freshet.storage.container") String container) {
        this.config = config;
        this.watcher = watcher;
        this.variables = variables;
        this.storage = storage;
        this.container = container;
    }

    /** Takes seconds in a JVM; must not be called on an event loop. */
    Cluster of(KubernetesClient client) {
        learn(client.getKubernetesSerialization());
        String namespace = namespace(client);
        JobTemplate template =
                new JobTemplate(config, variables, new JobTemplate.Place(namespace, container, watcher.grace()));
        return new Cluster(
                namespace,
                new JobCache(client, namespace, config.instance()),
                new ClusterJobs(client, namespace, config, template, storage),
                new JobEvents(client, namespace),
                new Surroundings(client, namespace, config.instance()));
    }

    /** Initialises the deserialization of Jobs and pods, which informers would otherwise do on an event loop. */
    private static void learn(KubernetesSerialization json) {
        json.unmarshal("{\"items\":[{}]}", JobList.class);
        json.unmarshal("{\"items\":[{}]}", PodList.class);
        json.unmarshal("{}", WatchEvent.class);
    }

    /** A kubeconfig may not name one. */
    String namespace(KubernetesClient client) {
        return config.namespace().orElseGet(() -> Objects.requireNonNullElse(client.getNamespace(), "default"));
    }

    /** One namespace of a cluster: what is observed and done in it. */
    record Cluster(String namespace, JobCache cache, ClusterJobs jobs, JobEvents events, Surroundings around) {}
}

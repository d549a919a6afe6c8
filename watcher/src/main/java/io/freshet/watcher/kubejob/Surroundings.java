package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Caches nodes and KEDA's objects by informers, for the dashboard. Empty without the right to read them, or without
 * KEDA.
 */
final class Surroundings {
    private static final Logger LOG = Logger.getLogger(Surroundings.class);
    private static final long NO_RESYNC = 0;
    private static final ResourceDefinitionContext SCALED_OBJECT = new ResourceDefinitionContext.Builder()
            .withGroup("keda.sh")
            .withVersion("v1alpha1")
            .withKind("ScaledObject")
            .withPlural("scaledobjects")
            .withNamespaced(true)
            .build();

    private final SharedIndexInformer<Node> nodes;
    private final SharedIndexInformer<GenericKubernetesResource> scalers;

    /** Does not wait for the cluster; retries until it responds. */
    Surroundings(KubernetesClient client, String namespace, String instance) {
        this.nodes = client.nodes().runnableInformer(NO_RESYNC);
        this.scalers = scaled(client, namespace, instance).runnableInformer(NO_RESYNC);
    }

    /** The ScaledObjects of an installation. */
    static FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            scaled(KubernetesClient client, String namespace, String instance) {
        return client.genericKubernetesResources(SCALED_OBJECT)
                .inNamespace(namespace)
                .withLabels(Map.of(Labels.INSTANCE, instance));
    }

    /** One ScaledObject. */
    static Resource<GenericKubernetesResource> named(KubernetesClient client, String namespace, String name) {
        return client.genericKubernetesResources(SCALED_OBJECT)
                .inNamespace(namespace)
                .withName(name);
    }

    void start() {
        start("Nodes", nodes);
        start("ScaledObjects", scalers);
    }

    private static void start(String what, SharedIndexInformer<? extends HasMetadata> informer) {
        informer.exceptionHandler((started, failure) -> {
                    LOG.debugf("Cannot watch %s of the cluster: %s", what, failure.getMessage());
                    return true;
                })
                .start();
    }

    List<Node> nodes() {
        return nodes.getIndexer().list();
    }

    List<GenericKubernetesResource> scalers() {
        return scalers.getIndexer().list();
    }

    /** Conditions in the status of a generic object. */
    static final class Conditions {
        private Conditions() {}

        static Optional<Map<?, ?>> find(GenericKubernetesResource object, String type) {
            return object.get("status", "conditions") instanceof List<?> all
                    ? all.stream()
                            .<Map<?, ?>>mapMulti((one, next) -> {
                                if (one instanceof Map<?, ?> condition && type.equals(condition.get("type"))) {
                                    next.accept(condition);
                                }
                            })
                            .findFirst()
                    : Optional.empty();
        }

        static boolean hold(GenericKubernetesResource object, String type) {
            return find(object, type)
                    .filter(condition -> "True".equals(condition.get("status")))
                    .isPresent();
        }
    }
}

package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.freshet.run.BurstLimits;
import io.freshet.watcher.kubejob.ClusterJobs.JobSecret;
import io.freshet.watcher.reconcile.BurstOrder;

import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the Job for an order; a pure function. */
final class JobTemplate {
    /** Number of pods it was created with. */
    static final String ASKED = "job_parallelism";

    /** A refused pod counts as failed, and no policy can exempt it: the watcher decides when to stop. */
    private static final int RETRIES = 1_000;

    private static final int KEPT_SECONDS = 600;
    private static final long USER = 10_001;
    /** After its grace period a worker hands back its items. */
    private static final Duration HAND_BACK = Duration.ofSeconds(25);

    private final JobsConfig config;
    private final PodVariables variables;
    private final Place place;

    /** Surroundings that the template does not decide. */
    record Place(String namespace, String container, Duration grace) {}

    JobTemplate(JobsConfig config, PodVariables variables, Place place) {
        this.config = config;
        this.variables = variables;
        this.place = place;
    }

    /** Suspended if its pods need a Secret, which in turn needs the Job as its owner. */
    Job of(BurstOrder order, Credential credential) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(order.name())
                .withNamespace(place.namespace())
                .withLabels(labels(order))
                .withAnnotations(annotations(order))
                .endMetadata()
                .withNewSpec()
                .withParallelism(order.pods())
                .withBackoffLimit(RETRIES)
                .withTtlSecondsAfterFinished(KEPT_SECONDS)
                .withSuspend(credential == Credential.SIGNED)
                .withPodReplacementPolicy("Failed")
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .endRule()
                .endPodFailurePolicy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(podLabels(order, credential))
                .endMetadata()
                .withSpec(pod(order, credential))
                .endTemplate()
                .endSpec()
                .build();
    }

    private Map<String, String> labels(BurstOrder order) {
        return Labels.described(config.instance(), order.run(), order.merges() ? "finalizer" : "burst");
    }

    private Map<String, String> podLabels(BurstOrder order, Credential credential) {
        Map<String, String> labels = new TreeMap<>(labels(order));
        if (credential == Credential.IDENTITY) {
            labels.put("azure.workload.identity/use", "true");
        }
        return labels;
    }

    private Map<String, String> annotations(BurstOrder order) {
        Map<String, String> annotations = new TreeMap<>(Map.of(
                "execution_location",
                order.isServerless() ? "aci" : "cluster",
                "job_is_main",
                Boolean.toString(!order.merges()),
                "job_has_watcher",
                "false",
                "job_has_finalizer",
                "false",
                ASKED,
                Integer.toString(order.pods()),
                "storage_container",
                place.container(),
                "storage_blob_prefix",
                order.run().blobPrefix().replace("/", "__")));
        if (order.gpu() != null) {
            annotations.put("gpu", order.gpu());
        }
        return annotations;
    }

    private PodSpec pod(BurstOrder order, Credential credential) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withServiceAccountName(
                        credential == Credential.IDENTITY
                                ? config.serviceAccount().orElse(null)
                                : null)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(place.grace().plus(HAND_BACK).toSeconds())
                .withNodeSelector(
                        Nodes.selector(order.nodes(), config.hostName().orElse(null)))
                .withAffinity(Nodes.affinity(order.nodes()))
                .withTolerations(Nodes.tolerations(order.nodes()))
                .withImagePullSecrets(config.imagePullSecret().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(order, credential))
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .build();
    }

    private Container container(BurstOrder order, Credential credential) {
        Map<String, Quantity> resources = resources(order);
        ContainerBuilder container = new ContainerBuilder()
                .withName("worker")
                .withImage(order.merges() ? config.finalizerImage().orElse(config.image()) : config.image())
                .withEnv(environment(order, credential))
                .withNewResources()
                .withRequests(resources)
                .withLimits(resources)
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("scratch")
                .withMountPath("/var/tmp")
                .endVolumeMount();
        return credential == Credential.SECRET
                ? container
                        .addNewEnvFrom()
                        .withNewSecretRef(config.secret().orElseThrow(), false)
                        .endEnvFrom()
                        .build()
                : container.build();
    }

    private List<EnvVar> environment(BurstOrder order, Credential credential) {
        List<EnvVar> all = new ArrayList<>();
        variables
                .of(order, credential, concurrency(order))
                .forEach((name, value) -> all.add(new EnvVar(name, value, null)));
        if (credential == Credential.SIGNED) {
            all.add(new EnvVarBuilder()
                    .withName(JobSecret.KEY)
                    .withNewValueFrom()
                    .withNewSecretKeyRef(JobSecret.KEY, order.name(), false)
                    .endValueFrom()
                    .build());
        }
        return all;
    }

    /** Limits equal requests: virtual nodes v1 require it, and otherwise a LimitRange would add its own. */
    private Map<String, Quantity> resources(BurstOrder order) {
        Map<String, Quantity> resources = new TreeMap<>(Map.of(
                "cpu", new Quantity(cpu(order)),
                "memory", new Quantity(memory(order))));
        if (BurstLimits.GPU_NODES.equals(order.nodes())) {
            resources.put("nvidia.com/gpu", new Quantity(Integer.toString(order.gpus())));
        }
        return resources;
    }

    private String cpu(BurstOrder order) {
        if (order.merges()) {
            return config.finalizerCpu();
        }
        return order.isServerless() ? config.aciCpu() : config.cpu();
    }

    private String memory(BurstOrder order) {
        if (order.merges()) {
            return config.finalizerMemory();
        }
        return order.isServerless() ? config.aciMemory() : config.memory();
    }

    /** Concurrent parts: one per whole CPU. */
    private int concurrency(BurstOrder order) {
        return Math.max(
                1,
                new Quantity(cpu(order))
                        .getNumericalAmount()
                        .setScale(0, RoundingMode.FLOOR)
                        .intValue());
    }
}

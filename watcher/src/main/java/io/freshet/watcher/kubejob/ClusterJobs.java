package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.freshet.run.RunId;
import io.freshet.storage.StorageAccess;
import io.freshet.watcher.reconcile.BurstOrder;
import org.jboss.logging.Logger;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import static io.fabric8.kubernetes.api.model.DeletionPropagation.BACKGROUND;

/** Creates, changes and removes Jobs in one namespace. Calls block. */
final class ClusterJobs {
    private static final Logger LOG = Logger.getLogger(ClusterJobs.class);
    private static final int UNPROCESSABLE = 422;
    /** As long as a message may stay in a queue. */
    private static final Duration SIGNED_FOR = Duration.ofDays(7);

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final String namespace;
    private final JobsConfig config;
    private final JobTemplate template;
    private final StorageAccess storage;

    ClusterJobs(
            KubernetesClient client, String namespace, JobsConfig config, JobTemplate template, StorageAccess storage) {
        this.client = client;
        this.namespace = namespace;
        this.config = config;
        this.template = template;
        this.storage = storage;
    }

    /** Returns why it was refused; empty if the Job exists now and is ours. */
    Optional<String> create(BurstOrder order) {
        Job job = template.of(order, Credential.of(order, config, storage));
        try {
            Job made = jobs().resource(job).create();
            return letIn(made);
        } catch (KubernetesClientException e) {
            return refused(order, e);
        }
    }

    private Optional<String> refused(BurstOrder order, KubernetesClientException failure) {
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_CONFLICT -> adopt(order, failure);
            case HttpURLConnection.HTTP_FORBIDDEN -> refusal(order, failure, forbidden(failure));
            case HttpURLConnection.HTTP_NOT_FOUND -> refusal(order, failure, "the namespace is gone");
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                refusal(order, failure, "the cluster rejected the Job; the watcher's log says why");
            default -> throw failure;
        };
    }

    private static String forbidden(KubernetesClientException failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.contains("exceeded quota")) {
            return "the namespace's quota is used up";
        }
        return text.contains("is being terminated")
                ? "the namespace is being removed"
                : "the watcher has no right to create Jobs";
    }

    private static Optional<String> refusal(BurstOrder order, KubernetesClientException failure, String reason) {
        LOG.warnf("Job %s was refused: %s", order.name(), failure.getMessage());
        return Optional.of(reason);
    }

    /** The Job may have been created by a watcher that died, or belong to somebody else and is left alone then. */
    private Optional<String> adopt(BurstOrder order, KubernetesClientException conflict) {
        Job found = jobs().withName(order.name()).get();
        if (found == null || found.getMetadata().getDeletionTimestamp() != null) {
            throw conflict;
        }
        return Labels.areOf(found, config.instance(), order.run())
                ? letIn(found)
                : Optional.of("a Job " + order.name() + " exists that is not ours");
    }

    /** Lets its pods start once they have what they need. */
    private Optional<String> letIn(Job job) {
        if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            resume(job);
        }
        return Optional.empty();
    }

    void resume(BurstOrder order) {
        Job job = jobs().withName(order.name()).get();
        if (job != null && Labels.areOf(job, config.instance(), order.run())) {
            resume(job);
        }
    }

    private void resume(Job job) {
        if (needsSecret(job)) {
            storage.connection(SIGNED_FOR).ifPresent(connection -> makeSecret(job, connection.reveal()));
        }
        patch(job.getMetadata().getName(), "{\"spec\":{\"suspend\":false}}");
    }

    private static boolean needsSecret(Job job) {
        return job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                .anyMatch(variable -> variable.getName().equals(JobSecret.KEY) && variable.getValueFrom() != null);
    }

    private void makeSecret(Job job, String connection) {
        try {
            client.secrets()
                    .inNamespace(namespace)
                    .resource(JobSecret.of(job, connection))
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    void suspend(BurstOrder order) {
        patch(order.name(), "{\"spec\":{\"suspend\":true}}");
    }

    void lower(BurstOrder order, int parallelism) {
        patch(order.name(), "{\"spec\":{\"parallelism\":" + parallelism + "}}");
    }

    private void patch(String name, String change) {
        jobs().withName(name).patch(MERGE, change);
    }

    /** A Job of this name that is not ours is left alone. */
    void remove(BurstOrder order) {
        Job job = jobs().withName(order.name()).get();
        if (job != null && Labels.areOf(job, config.instance(), order.run())) {
            remove(job);
        }
    }

    void removeAll(RunId run) {
        jobs().withLabels(Labels.of(config.instance(), run)).list().getItems().forEach(this::remove);
    }

    /** One by one: the right to remove a collection would include Jobs of others. */
    private void remove(Job job) {
        jobs().withName(job.getMetadata().getName())
                .withPropagationPolicy(BACKGROUND)
                .delete();
    }

    private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
        return client.batch().v1().jobs().inNamespace(namespace);
    }

    /** Gives the pods of one Job access to storage; removed with the Job. */
    static final class JobSecret {
        /** Its only key, and the variable that passes it to the pods. */
        static final String KEY = "AZURE_STORAGE_CONNECTION_STRING";

        private JobSecret() {}

        static Secret of(Job owner, String connection) {
            return new SecretBuilder()
                    .withNewMetadata()
                    .withName(owner.getMetadata().getName())
                    .withNamespace(owner.getMetadata().getNamespace())
                    .withLabels(owner.getMetadata().getLabels())
                    .withOwnerReferences(new OwnerReferenceBuilder()
                            .withApiVersion("batch/v1")
                            .withKind("Job")
                            .withName(owner.getMetadata().getName())
                            .withUid(owner.getMetadata().getUid())
                            .withController(true)
                            .withBlockOwnerDeletion(false)
                            .build())
                    .endMetadata()
                    .withType("Opaque")
                    .withStringData(Map.of(KEY, connection))
                    .withImmutable(true)
                    .build();
        }
    }
}

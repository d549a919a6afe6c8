package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.freshet.watcher.reconcile.BurstJobs.News;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** The Events of a Job: those that explain it, and ours. Calls block. */
final class JobEvents {
    private static final String WARNING = "Warning";

    private final KubernetesClient client;
    private final String namespace;

    JobEvents(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The reason of the last warning about a Job. */
    Optional<String> warning(String job) {
        return client
                .v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.kind", "Job")
                .withField("involvedObject.name", job)
                .list()
                .getItems()
                .stream()
                .filter(event -> WARNING.equals(event.getType()))
                .max(Comparator.comparing(JobEvents::time))
                .map(Event::getReason);
    }

    private static String time(Event event) {
        return Objects.requireNonNullElse(
                event.getLastTimestamp(), event.getMetadata().getCreationTimestamp());
    }

    void tell(Job job, News news, Instant now) {
        client.v1().events().inNamespace(namespace).resource(of(job, news, now)).create();
    }

    static Event of(Job job, News news, Instant now) {
        return new EventBuilder()
                .withNewMetadata()
                .withName(job.getMetadata().getName() + "." + Long.toHexString(now.toEpochMilli()))
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(job.getMetadata().getLabels())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(job.getMetadata().getName())
                .withNamespace(job.getMetadata().getNamespace())
                .withUid(job.getMetadata().getUid())
                .endInvolvedObject()
                .withReason(news.reason())
                .withMessage(news.message())
                .withType(WARNING)
                .withFirstTimestamp(now.toString())
                .withLastTimestamp(now.toString())
                .withCount(1)
                .withNewSource()
                .withComponent("freshet-watcher")
                .endSource()
                .build();
    }
}

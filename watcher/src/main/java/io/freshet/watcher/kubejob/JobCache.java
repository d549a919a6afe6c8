package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.freshet.run.RunId;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Caches the Jobs and pods of this installation by informers. Reading needs no request. */
final class JobCache {
    private static final Logger LOG = Logger.getLogger(JobCache.class);
    private static final String BY_JOB = "job";
    private static final long NO_RESYNC = 0;

    private final SharedIndexInformer<Job> jobs;
    private final SharedIndexInformer<Pod> pods;

    /** Does not wait for the cluster; retries until it responds. */
    JobCache(KubernetesClient client, String namespace, String instance) {
        this.jobs = client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabels(Labels.of(instance))
                .runnableInformer(NO_RESYNC);
        // including those of the services, for the dashboard
        this.pods = client.pods()
                .inNamespace(namespace)
                .withLabels(Map.of(Labels.INSTANCE, instance))
                .runnableInformer(NO_RESYNC)
                .addIndexers(Map.of(BY_JOB, pod -> List.of(Labels.job(pod))));
    }

    /** @param moved notified of each run whose objects have changed */
    void start(Consumer<RunId> moved) {
        start(jobs, moved);
        start(pods, moved);
    }

    private static <T extends HasMetadata> void start(SharedIndexInformer<T> informer, Consumer<RunId> moved) {
        String what = informer.getApiTypeClass().getSimpleName();
        informer.exceptionHandler((started, failure) -> {
                    LOG.debugf("Cannot watch %ss of the cluster at the moment: %s", what, failure.getMessage());
                    return true;
                })
                .addEventHandler(new Changes<>(moved))
                .start();
    }

    /** Whether the cache is complete. */
    boolean isFilled() {
        return jobs.hasSynced() && pods.hasSynced();
    }

    @Nullable
    Job job(String namespace, String name) {
        return jobs.getIndexer().getByKey(namespace + "/" + name);
    }

    List<Pod> pods(String job) {
        return pods.getIndexer().byIndex(BY_JOB, job);
    }

    List<Job> jobs() {
        return jobs.getIndexer().list();
    }

    /** All pods of the installation. */
    List<Pod> pods() {
        return pods.getIndexer().list();
    }

    Set<RunId> runs() {
        return jobs.getIndexer().list().stream()
                .flatMap(job -> Labels.run(job).stream())
                .collect(Collectors.toSet());
    }

    private record Changes<T extends HasMetadata>(Consumer<RunId> moved) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            Labels.run(object).ifPresent(moved);
        }

        @Override
        public void onUpdate(T before, T now) {
            Labels.run(now).ifPresent(moved);
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            Labels.run(object).ifPresent(moved);
        }
    }
}

package io.freshet.watcher.kubejob;

import io.freshet.watcher.dashboard.Dashboard.ClusterSource;
import jakarta.inject.Singleton;

import java.util.Optional;

/** The cluster as seen by informers, for the dashboard. */
@Singleton
final class ClusterSight implements ClusterSource {
    private final KubernetesBurstJobs jobs;

    ClusterSight(KubernetesBurstJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Optional<io.freshet.dashboard.Cluster> now() {
        return jobs.cluster()
                .filter(cluster -> cluster.cache().isFilled())
                .map(cluster -> ClusterView.of(
                        cluster.around().nodes(),
                        cluster.cache().pods(),
                        cluster.around().scalers(),
                        cluster.cache().jobs()));
    }
}

package io.freshet.watcher.dashboard;

import io.freshet.dashboard.Cluster;

import java.util.Optional;

/** Who knows of the cluster around this watcher. There need not be such a bean. */
public interface ClusterSource {

    /** As it is now, without asking anybody; empty while nothing is known. */
    Optional<Cluster> now();
}

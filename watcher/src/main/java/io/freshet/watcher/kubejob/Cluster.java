package io.freshet.watcher.kubejob;

/** One namespace of a cluster: what is seen of it, and what is done in it. */
record Cluster(String namespace, JobCache cache, ClusterJobs jobs, JobEvents events, Surroundings around) {}

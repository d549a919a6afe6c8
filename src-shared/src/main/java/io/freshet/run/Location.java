package io.freshet.run;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Where a run is computed: the decision, as opposed to the request in its spec. */
public sealed interface Location {
    Location UNDECIDED = new Undecided();

    /** Not decided yet: the run has not started. */
    record Undecided() implements Location {}

    /**
     * By the workers of the cluster.
     *
     * @param reason why not elsewhere, if that was expected
     */
    record Cluster(@Nullable String reason) implements Location {}

    /**
     * By pods of its own, in a Kubernetes Job: on serverless nodes, or on nodes with GPUs.
     *
     * @param since when that was decided
     * @param parallelism number of concurrent pods
     * @param nodes kind of the nodes
     * @param round 1 for the first Job of an execution, incremented for each further one
     * @param reason why it has fewer pods than expected, if so
     */
    record Burst(
            Instant since,
            int parallelism,
            String nodes,
            int round,
            @Nullable String reason) implements Location {
        public Burst {
            if (parallelism < 1 || round < 1) {
                throw new IllegalArgumentException(
                        "parallelism and round must be at least 1, not " + parallelism + " and " + round);
            }
        }

        /** The first Job of an execution. */
        public Burst(Instant since, int parallelism, String nodes) {
            this(since, parallelism, nodes, 1, null);
        }

        /** The same Job, limited to the pods that started. */
        public Burst loweredTo(int pods, String why) {
            return new Burst(since, pods, nodes, round, why);
        }

        /** Another Job, after one that ended early. */
        public Burst again(int pods, Instant now, String why) {
            return new Burst(now, pods, nodes, round + 1, why);
        }

        /** Whether it runs on serverless nodes, outside the cluster's own. */
        public boolean isServerless() {
            return !nodes.equals(BurstLimits.GPU_NODES);
        }
    }

    /**
     * By the workers of the cluster, after serverless nodes failed to run it.
     *
     * @param since when that was decided
     */
    record FellBack(Instant since, String reason) implements Location {}
}

package io.freshet.run;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Where a run is computed: a decision, not the wish that it was submitted with. */
public sealed interface Location {
    Location UNDECIDED = new Undecided();

    /** Nobody has decided yet: the run has not started. */
    record Undecided() implements Location {}

    /**
     * By the workers of the cluster.
     *
     * @param reason why not elsewhere, if that was to be expected
     */
    record Cluster(@Nullable String reason) implements Location {}

    /**
     * On serverless nodes.
     *
     * @param since when that was decided
     * @param parallelism pods at once
     * @param nodes kind of the nodes
     */
    record Burst(Instant since, int parallelism, String nodes) implements Location {
        public Burst {
            if (parallelism < 1) {
                throw new IllegalArgumentException("parallelism must be at least 1, not " + parallelism);
            }
        }
    }

    /**
     * By the workers of the cluster, after serverless nodes did not come up to it.
     *
     * @param since when that was decided
     */
    record FellBack(Instant since, String reason) implements Location {}
}

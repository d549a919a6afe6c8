package io.freshet.run;

import org.jspecify.annotations.Nullable;

/**
 * What was asked for; never changes after submission.
 *
 * @param handler name of the computation
 * @param items what it is computed on
 * @param name a name for people, if one was given
 * @param placement where the work may run
 * @param idempotencyKey SHA-256 of the key that the client gave, in hex, if it gave one
 * @param owner who submitted it; absent where nobody has to say who they are, and in runs from before there were owners
 */
public record RunSpec(
        String handler,
        Items items,
        @Nullable String name,
        Placement placement,
        @Nullable String idempotencyKey,
        @Nullable String owner) {

    /** What nobody owns. */
    public RunSpec(
            String handler, Items items, @Nullable String name, Placement placement, @Nullable String idempotencyKey) {
        this(handler, items, name, placement, idempotencyKey, null);
    }

    /**
     * Where the work may run: the wish, and the limit that holds in the cluster. {@link Location} is what came of it.
     *
     * @param parallelism items at once in the cluster
     * @param burst asked for ({@code aci=1}), refused ({@code aci=0}), or left to the thresholds
     * @param gpu kind of GPU, if one is needed
     * @param gpuQuantity GPUs for each pod; 0 without {@code gpu}
     */
    public record Placement(
            int parallelism, Burst burst, @Nullable String gpu, int gpuQuantity) {
        public Placement {
            if (parallelism < 1) {
                throw new IllegalArgumentException("parallelism must be at least 1, not " + parallelism);
            }
        }

        /** Whether it can be had nowhere: virtual nodes are in a virtual network, where there are no GPUs. */
        public boolean isContradictory() {
            return burst == Burst.ALWAYS && gpu != null;
        }
    }

    /** Whether a run may leave the cluster for serverless nodes. */
    public enum Burst {
        BY_SIZE,
        ALWAYS,
        NEVER
    }
}

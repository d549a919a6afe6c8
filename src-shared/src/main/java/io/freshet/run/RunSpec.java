package io.freshet.run;

import org.jspecify.annotations.Nullable;

/**
 * The request; never changes after submission.
 *
 * @param handler name of the computation
 * @param items what to compute
 * @param name display name, if given
 * @param placement where the work may run
 * @param idempotencyKey SHA-256 of the idempotency key in hex, if the client sent one
 * @param owner who submitted it; absent without authentication, and in runs from before owners were recorded
 */
public record RunSpec(
        String handler,
        Items items,
        @Nullable String name,
        Placement placement,
        @Nullable String idempotencyKey,
        @Nullable String owner) {

    /** A spec without an owner. */
    public RunSpec(
            String handler, Items items, @Nullable String name, Placement placement, @Nullable String idempotencyKey) {
        this(handler, items, name, placement, idempotencyKey, null);
    }

    /**
     * Where the work may run, as requested, and the limit in the cluster. The decision is the {@link Location}.
     *
     * @param parallelism concurrent items in the cluster
     * @param burst requested ({@code aci=1}), excluded ({@code aci=0}), or decided by size
     * @param gpu kind of GPU, if one is needed
     * @param gpuQuantity GPUs per pod; 0 without {@code gpu}
     */
    public record Placement(
            int parallelism, Burst burst, @Nullable String gpu, int gpuQuantity) {
        public Placement {
            if (parallelism < 1) {
                throw new IllegalArgumentException("parallelism must be at least 1, not " + parallelism);
            }
        }

        /** Whether it cannot be satisfied: virtual nodes are in a virtual network, where there are no GPUs. */
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

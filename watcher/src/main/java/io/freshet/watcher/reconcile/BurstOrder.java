package io.freshet.watcher.reconcile;

import io.freshet.run.BurstLimits;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Describes a Job. Its name is derived from the order, so that a repeated order finds the first Job.
 *
 * @param name of the Job
 * @param merges whether its pod merges the results instead of computing parts
 * @param pods number of concurrent pods
 * @param nodes kind of the nodes; null: any of the cluster
 * @param gpu kind of GPU, if one is needed
 * @param gpus per pod
 */
public record BurstOrder(
        RunId run,
        String name,
        boolean merges,
        int pods,
        @Nullable String nodes,
        @Nullable String gpu,
        int gpus) {

    /** Pods that compute the run's parts. */
    static BurstOrder of(Run run, Location.Burst burst) {
        String round = burst.round() == 1 ? "" : "-" + burst.round();
        String name = run.id() + generation(run) + round;
        return new BurstOrder(
                run.id(),
                name,
                false,
                burst.parallelism(),
                burst.nodes(),
                run.spec().placement().gpu(),
                run.spec().placement().gpuQuantity());
    }

    /** A pod that merges the run's results. */
    static BurstOrder merging(Run run) {
        return new BurstOrder(run.id(), run.id() + "-finalizer" + generation(run), true, 1, null, null, 0);
    }

    /** Jobs are immutable, so each execution has its own. */
    private static String generation(Run run) {
        int generation = run.dispatch().generation();
        return generation == 1 ? "" : "-g" + generation;
    }

    /** Whether its pods are on serverless nodes. */
    public boolean isServerless() {
        return nodes != null && !nodes.equals(BurstLimits.GPU_NODES);
    }
}

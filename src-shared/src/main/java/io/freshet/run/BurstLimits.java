package io.freshet.run;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Decides where runs are computed.
 *
 * @param trigger number of open items from which a run bursts because of its size; 0: no run bursts
 * @param parallelism maximum number of pods of a burst; 0: there is currently no capacity
 * @param nodes kind of the virtual nodes
 * @param obstacle why no run can burst; null if runs can
 */
public record BurstLimits(
        int trigger,
        int parallelism,
        String nodes,
        @Nullable String obstacle) {
    /** Kind of nodes with GPUs, which belong to the cluster. */
    public static final String GPU_NODES = "gpu";

    private static final String OFF = "bursts are switched off (ACICOMPLETIONSTRIGGER is 0)";
    private static final String FULL = "virtual nodes had no capacity left a moment ago";

    /** Decides where the run is computed; if that is not where it was asked to be, the location says why. */
    public Location place(Run run, Instant now) {
        RunSpec.Placement wish = run.spec().placement();
        if (run.spec().items() instanceof Items.Blobs) {
            return new Location.Cluster(null);
        }
        if (wish.gpu() != null) {
            return withGpus(run, wish, now);
        }
        return switch (wish.burst()) {
            case NEVER -> new Location.Cluster(null);
            case ALWAYS -> burst(run, now);
            case BY_SIZE -> isLarge(run) && obstacle == null ? burst(run, now) : new Location.Cluster(null);
        };
    }

    private boolean isLarge(Run run) {
        return trigger > 0 && run.remaining() >= trigger;
    }

    private Location burst(Run run, Instant now) {
        if (obstacle != null || trigger == 0) {
            return new Location.Cluster(obstacle == null ? OFF : obstacle);
        }
        return parallelism == 0 ? new Location.Cluster(FULL) : new Location.Burst(now, pods(run, parallelism), nodes);
    }

    /** Only the GPU nodes of the cluster will do: such a run waits for them. */
    private Location withGpus(Run run, RunSpec.Placement wish, Instant now) {
        return obstacle == null
                ? new Location.Burst(now, pods(run, wish.parallelism()), GPU_NODES)
                : new Location.Cluster(obstacle);
    }

    private static int pods(Run run, int limit) {
        return Math.max(1, Math.min(limit, run.remaining()));
    }
}

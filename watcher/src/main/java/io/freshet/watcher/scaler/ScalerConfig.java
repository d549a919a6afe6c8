package io.freshet.watcher.scaler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the scaler. */
@ConfigMapping(prefix = "freshet.scaler")
interface ScalerConfig {

    /** {@code WORKER_CONCURRENCY}: concurrent items per worker; 1 by default, so that there are enough workers. */
    OptionalInt workerConcurrency();

    /**
     * Lifetime of a stream of pushes. KEDA opens the next one 2 seconds later; after failures it waits longer each
     * time, unless the previous stream ended normally.
     */
    @WithDefault("PT10M")
    Duration streamLife();
}

package io.freshet.watcher.scaler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.OptionalInt;

/** What KEDA is told besides the backlog. */
@ConfigMapping(prefix = "freshet.scaler")
interface ScalerConfig {

    /** {@code WORKER_CONCURRENCY}: items that a worker works on at once; 1 without it, so that there are enough. */
    OptionalInt workerConcurrency();

    /**
     * How long a stream of pushes lives. KEDA opens the next 2 seconds later; after a crash it waits longer each time,
     * unless the stream before ended in order.
     */
    @WithDefault("PT10M")
    Duration streamLife();
}

package io.freshet.watcher.scaler;

import io.freshet.queue.ConcurrencySetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the scaler. The concurrency of workers is assumed to be 1 by default, so that there are enough of them. */
@ConfigMapping(prefix = "freshet.scaler")
public interface ScalerConfig extends ConcurrencySetting {

    /**
     * Lifetime of a stream of pushes. KEDA opens the next one 2 seconds later; after failures it waits longer each
     * time, unless the previous stream ended normally.
     */
    @WithDefault("PT10M")
    Duration streamLife();
}

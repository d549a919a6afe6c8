package io.freshet.watcher.scaler;

import io.freshet.queue.ConcurrencySetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** What KEDA is told besides the backlog. Without a concurrency it is 1, so that there are enough workers. */
@ConfigMapping(prefix = "freshet.scaler")
public interface ScalerConfig extends ConcurrencySetting {

    /**
     * How long a stream of pushes lives. KEDA opens the next 2 seconds later; after a crash it waits longer each time,
     * unless the stream before ended in order.
     */
    @WithDefault("PT10M")
    Duration streamLife();
}

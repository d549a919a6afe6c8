package io.freshet.watcher.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** Settings of the watcher. */
@ConfigMapping(prefix = "freshet.watcher")
public interface WatcherConfig {

    /** {@code RECONCILEINTERVAL}: how long a lost message may delay a run. */
    @WithDefault("PT30S")
    Duration reconcileInterval();

    /**
     * {@code DISPATCHWINDOW}: maximum number of messages in flight per run. Large enough that workers need not wait for
     * the watcher; small enough that other runs do not wait long behind them.
     */
    @WithDefault("512")
    int dispatchWindow();

    /** {@code ABANDONEDAFTER}: how long an upload may take before its remains are removed. */
    @WithDefault("PT24H")
    Duration abandonedAfter();

    /** {@code FRESHET_GRACE}: how long work in progress may continue after SIGTERM. */
    @WithDefault("PT20S")
    Duration grace();

    /** {@code RETENTION}: how long a finished run is kept; forever by default. */
    Optional<Duration> retention();
}

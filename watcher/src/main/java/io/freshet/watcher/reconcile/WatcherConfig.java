package io.freshet.watcher.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** How the watcher looks after runs. */
@ConfigMapping(prefix = "freshet.watcher")
public interface WatcherConfig {

    /** {@code RECONCILEINTERVAL}: how long a lost message may delay a run. */
    @WithDefault("PT30S")
    Duration reconcileInterval();

    /**
     * {@code DISPATCHWINDOW}: messages of one run that are out at most. Workers of a large run must not wait for the
     * watcher; runs behind it wait for these.
     */
    @WithDefault("512")
    int dispatchWindow();

    /** {@code ABANDONEDAFTER}: how long an upload may take before what there is of it is removed. */
    @WithDefault("PT24H")
    Duration abandonedAfter();

    /** {@code FRESHET_GRACE}: how long SIGTERM lets what was begun go on. */
    @WithDefault("PT20S")
    Duration grace();

    /** {@code RETENTION}: how long a finished run is kept; for ever without it. */
    Optional<Duration> retention();
}

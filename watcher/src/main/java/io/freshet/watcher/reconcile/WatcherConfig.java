package io.freshet.watcher.reconcile;

import io.freshet.settings.Variable;
import io.freshet.settings.common.GraceSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** Settings of the watcher. */
@ConfigMapping(prefix = "freshet.watcher")
public interface WatcherConfig extends GraceSetting {

    @Variable(value = "RECONCILEINTERVAL", description = """
            How often unfinished runs are checked, and so the longest delay that a lost message causes""")
    @WithDefault("PT30S")
    Duration reconcileInterval();

    @Variable(value = "DISPATCHWINDOW", max = "100000", description = """
            Maximum number of outstanding messages of one job, 1 to 100,000. Another job waits behind at most this
            many; there should be enough to keep all workers busy""")
    @WithDefault("512")
    int dispatchWindow();

    @Variable(value = "ABANDONEDAFTER", description = "How long an upload may take before what it has left is removed")
    @WithDefault("PT24H")
    Duration abandonedAfter();

    @Variable(value = "RETENTION", description = "How long a finished run is kept. Default: for ever")
    Optional<Duration> retention();
}

package io.freshet.watcher.reconcile;

import io.freshet.settings.Variable;
import io.freshet.settings.common.GraceSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** How the watcher looks after runs. */
@ConfigMapping(prefix = "freshet.watcher")
public interface WatcherConfig extends GraceSetting {

    @Variable(
            value = "RECONCILEINTERVAL",
            says = "How often unfinished runs are looked at: the longest that a lost message delays one")
    @WithDefault("PT30S")
    Duration reconcileInterval();

    @Variable(value = "DISPATCHWINDOW", max = "100000", says = """
            Messages of one job that are in the queue at most, 1 to 100,000. A job behind a large one waits for these; a
            worker should find some whenever it is free""")
    @WithDefault("512")
    int dispatchWindow();

    @Variable(value = "ABANDONEDAFTER", says = "How long an upload may take before its rest is removed")
    @WithDefault("PT24H")
    Duration abandonedAfter();

    @Variable(value = "RETENTION", says = "How long a finished run is kept; for ever without it")
    Optional<Duration> retention();
}

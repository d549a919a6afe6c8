package io.freshet.watcher.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** When runs burst, and how far. */
@ConfigMapping(prefix = "freshet.bursts")
public interface BurstsConfig {

    /** {@code ACICOMPLETIONSTRIGGER}: number of parts from which a job bursts; 0: none does. */
    @WithDefault("6")
    int trigger();

    /** {@code ACIMAXPARALLELISM}: maximum number of pods of a job on virtual nodes. */
    @WithDefault("50")
    int maxParallelism();

    /** {@code ACINODES}: kind of the virtual nodes, {@code v1} or {@code v2}. */
    @WithDefault("v1")
    String nodes();

    /** {@code BURSTSTARTTIMEOUT}: how long a pod may take to start before it is given up. */
    @WithDefault("PT60S")
    Duration startTimeout();
}

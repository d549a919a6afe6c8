package io.freshet.watcher.reconcile;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Locale;

/** Settings of bursts: when a run bursts, and onto how many pods. */
@ConfigMapping(prefix = "freshet.bursts")
public interface BurstsConfig {

    @Variable(value = "BURSTS", description = """
            `auto`: jobs burst if the watcher runs in a Kubernetes cluster; `on`: also with a kubeconfig outside a
            cluster; `off`: never""")
    @WithDefault("auto")
    Enabled enabled();

    @Variable(value = "ACICOMPLETIONSTRIGGER", min = "0", description = """
            Number of parts from which a job [bursts](kubernetes/README.md#settings-of-bursts) onto virtual nodes;
            `0`: never""")
    @WithDefault("6")
    int trigger();

    @Variable(value = "ACIMAXPARALLELISM", max = "10000", description = """
            Maximum number of pods of one job on virtual nodes""")
    @WithDefault("50")
    int maxParallelism();

    @Variable(value = "BURSTSTARTTIMEOUT", min = "PT1S", description = """
            How long the pods of a burst may take to start. After that, the job continues with those that started,
            or in the cluster if none did""")
    @WithDefault("PT60S")
    Duration startTimeout();

    @Variable(value = "ACINODES", description = """
            Kind of virtual nodes: `v1` (the AKS add-on) or `v2` (virtual nodes on ACI)""")
    @WithDefault("v1")
    Nodes nodes();

    enum Enabled {
        AUTO,
        ON,
        OFF
    }

    enum Nodes {
        V1,
        V2;

        /** As a run has it, and users write it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Locale;

/** When runs burst, and how far. */
@ConfigMapping(prefix = "freshet.bursts")
public interface BurstsConfig {

    @Variable(value = "BURSTS", says = """
            `auto`: jobs burst where the watcher runs in a Kubernetes cluster. `on`: a kubeconfig will do, too; `off`: none
            bursts""")
    @WithDefault("auto")
    Enabled enabled();

    @Variable(value = "ACICOMPLETIONSTRIGGER", min = "0", says = """
            Parts from which on a job [bursts](kubernetes/README.md#settings-of-bursts) onto virtual nodes; `0`: none
            does""")
    @WithDefault("6")
    int trigger();

    @Variable(value = "ACIMAXPARALLELISM", max = "10000", says = "Pods of a job on virtual nodes at most")
    @WithDefault("50")
    int maxParallelism();

    @Variable(value = "BURSTSTARTTIMEOUT", min = "PT1S", says = """
            How long a pod of a burst may take to start. After that the job goes on with those that came, or in the
            cluster""")
    @WithDefault("PT60S")
    Duration startTimeout();

    @Variable(
            value = "ACINODES",
            says = "Kind of the virtual nodes: `v1` (the AKS add-on) or `v2` (virtual nodes on ACI)")
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

package io.freshet.process;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.util.OptionalInt;

/** Setting of the management port. */
@ConfigMapping(prefix = "freshet.management")
public interface ManagementConfig {

    @Variable(value = "MANAGEMENTPORT", max = "65535", description = """
            Separate port for health and metrics (`/q/health`, `/q/metrics`), such as 9000 in a pod; the main port
            then serves neither. Default: one port for everything""")
    OptionalInt port();
}

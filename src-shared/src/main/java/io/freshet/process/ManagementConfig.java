package io.freshet.process;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.util.OptionalInt;

/** Where operators look. */
@ConfigMapping(prefix = "freshet.management")
public interface ManagementConfig {

    @Variable(value = "MANAGEMENTPORT", max = "65535", says = """
            Port for health and metrics alone (`/q/health`, `/q/metrics`), such as 9000 in a pod; the other port then has
            none of them. Without it, all is on one port""")
    OptionalInt port();
}

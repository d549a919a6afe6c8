package io.freshet.settings.common;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;

/** Jars of orchestrations that are not built in. It is here because the package of orchestrations depends on no library. */
@ConfigMapping(prefix = "freshet.orchestration")
public interface JarsConfig {

    @Variable(value = "ORCHESTRATIONS", description = """
            Jars with [your own orchestrations](#your-own-orchestration), comma-separated. Must be the same for all
            services""")
    Optional<List<String>> jars();
}

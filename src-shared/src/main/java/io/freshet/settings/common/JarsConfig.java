package io.freshet.settings.common;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;

/** Where orchestrations come from that are not built in; here, because their package knows no library. */
@ConfigMapping(prefix = "freshet.orchestration")
public interface JarsConfig {

    @Variable(value = "ORCHESTRATIONS", says = """
            Jars of [your own orchestrations](#your-own-orchestration), comma-separated; the same for all services""")
    Optional<List<String>> jars();
}

package io.freshet.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.util.Optional;

/** Variables that stand for properties of libraries, as {@link SwitchesSource} sets them. */
@ConfigMapping(prefix = "freshet.switches")
public interface SwitchesConfig {

    @Variable(value = "DEBUGLOG", description = "`true`: log level DEBUG")
    @WithDefault("false")
    boolean debugLog();

    @Variable(value = "OTEL_EXPORTER_OTLP_ENDPOINT", description = """
            OTLP endpoint for traces, which span queue hops. Default: no traces""")
    Optional<URI> traces();
}

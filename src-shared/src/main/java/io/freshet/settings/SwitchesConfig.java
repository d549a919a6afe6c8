package io.freshet.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.util.Optional;

/** Variables that are short for properties of others: {@link SwitchesSource} says which. */
@ConfigMapping(prefix = "freshet.switches")
public interface SwitchesConfig {

    @Variable(value = "DEBUGLOG", says = "`true`: log at level DEBUG")
    @WithDefault("false")
    boolean debugLog();

    @Variable(value = "OTEL_EXPORTER_OTLP_ENDPOINT", says = "Where traces go, across queue hops; no traces without it")
    Optional<URI> traces();
}

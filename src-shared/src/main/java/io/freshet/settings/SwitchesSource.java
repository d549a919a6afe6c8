package io.freshet.settings;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Switches that are more than another name: {@code DEBUGLOG=true} is a log level, and traces are on when
 * {@code OTEL_EXPORTER_OTLP_ENDPOINT} says where they go.
 */
public final class SwitchesSource implements ConfigSourceFactory {
    private static final int ABOVE_DEFAULTS = 110;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> properties = new HashMap<>();
        boolean debug = Boolean.parseBoolean(value(context, "freshet.switches.debug-log"));
        properties.put("quarkus.log.category.\"io.freshet\".level", debug ? "DEBUG" : "INFO");
        String endpoint = value(context, "freshet.switches.traces");
        properties.put("quarkus.otel.sdk.disabled", Boolean.toString(endpoint.isEmpty()));
        if (!endpoint.isEmpty()) {
            properties.put("quarkus.otel.exporter.otlp.endpoint", endpoint);
        }
        return List.of(new PropertiesConfigSource(properties, "Freshet's switches", ABOVE_DEFAULTS));
    }

    private static String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null ? "" : value.getValue();
    }
}

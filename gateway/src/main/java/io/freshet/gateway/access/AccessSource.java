package io.freshet.gateway.access;

import io.freshet.settings.Rule;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Derives from our settings whether tokens are accepted, and where the issuer's keys are. */
public final class AccessSource implements ConfigSourceFactory {
    private static final int ABOVE_ALL = 1000;
    /** Otherwise the start is refused, and not by whoever would ask it for keys. */
    private static final Rule ISSUER = new Rule.Address();

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        boolean isNamed = Arrays.stream(value(context, "freshet.auth.modes").split(","))
                .map(String::strip)
                .anyMatch(AccessRules.OIDC::equals);
        boolean isComplete = !ISSUER.isBrokenBy(value(context, "freshet.auth.issuer"))
                && !value(context, "freshet.auth.audience").isEmpty();
        boolean isDiscovered = value(context, "quarkus.oidc.jwks-path").isEmpty();
        return List.of(new PropertiesConfigSource(
                Map.of(
                        "quarkus.oidc.tenant-enabled", Boolean.toString(isNamed && isComplete),
                        "quarkus.oidc.discovery-enabled", Boolean.toString(isDiscovered)),
                "Freshet's tokens",
                ABOVE_ALL));
    }

    private static String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null ? "" : value.getValue().strip();
    }
}

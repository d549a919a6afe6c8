package io.freshet.settings;

import io.smallrye.config.common.utils.StringUtil;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Variables that hold secrets: those that users set, and those that stand for the properties behind them. */
@Singleton
public final class Secrets {
    private final Set<String> variables;

    public Secrets(Config config) {
        this.variables = StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(SettingsSource.class::isInstance)
                .flatMap(source -> ((SettingsSource) source).settings().stream())
                .filter(Setting::secret)
                .flatMap(setting -> Stream.of(setting.variable(), variable(setting.property())))
                .collect(Collectors.toUnmodifiableSet());
    }

    public boolean has(String variable) {
        return variables.contains(variable);
    }

    private static String variable(String property) {
        return StringUtil.replaceNonAlphanumericByUnderscores(property).toUpperCase(Locale.ROOT);
    }
}

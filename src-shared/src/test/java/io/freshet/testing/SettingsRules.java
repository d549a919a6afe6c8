package io.freshet.testing;

import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;
import io.freshet.settings.WrongSettingsSource;
import io.freshet.settings.common.CommonSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for the settings of every module. A module's own test extends this with what may be wrong. */
public abstract class SettingsRules {
    private static final int ENVIRONMENT = 300;

    private final List<SettingsSource> sources;

    /** @param own besides those that all services have */
    protected SettingsRules(SettingsSource... own) {
        this.sources =
                Stream.concat(Stream.of(new CommonSettings()), Stream.of(own)).toList();
    }

    @Test
    void defaultsAreRight() {
        assertThat(complaints(Map.of())).isEmpty();
    }

    @Test
    void whatIsSetToNothingIsNotSet() {
        Map<String, String> nothing =
                settings().collect(Collectors.toMap(Setting::variable, setting -> " ", (one, other) -> one));

        SmallRyeConfig config = config(nothing);

        assertThat(complaint(config)).isEmpty();
        assertThat(settings())
                .allSatisfy(setting -> assertThat(config.getConfigValue(setting.property())
                                .getRawValue()
                                .strip())
                        .isIn(setting.defaultValue(), "${" + setting.variable() + ":}"));
    }

    @Test
    void aSettingIsSaidOnce() {
        assertThat(settings().map(Setting::variable)).doesNotHaveDuplicates();
        assertThat(settings().map(Setting::property)).doesNotHaveDuplicates();
    }

    private Stream<Setting> settings() {
        return sources.stream().flatMap(source -> source.settings().stream());
    }

    /** What a start is refused with when this is set, if it is refused. */
    protected final Optional<String> complaints(Map<String, String> set) {
        return complaint(config(set));
    }

    /** @param wanted what the refusal says that the variable must be */
    protected final void assertRefused(String variable, String value, String wanted) {
        assertThat(complaints(Map.of(variable, value)))
                .hasValue(variable + " is '" + value + "' but must be " + wanted);
    }

    private static Optional<String> complaint(SmallRyeConfig config) {
        return config.getOptionalValue(WrongSettingsSource.COMPLAINTS, String.class);
    }

    /** All mappings are made, so it fails when what is wrong is not hidden from them. */
    protected final SmallRyeConfig config(Map<String, String> set) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(sources.toArray(SettingsSource[]::new))
                .withSources(new PropertiesConfigSource(set, "environment", ENVIRONMENT))
                .withSources(new WrongSettingsSource());
        Set<Class<?>> mappings = settings().map(Setting::mapping).collect(Collectors.toSet());
        mappings.forEach(builder::withMapping);
        return builder.build();
    }
}

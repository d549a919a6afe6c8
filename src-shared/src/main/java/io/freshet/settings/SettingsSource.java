package io.freshet.settings;

import io.smallrye.config.common.MapBackedConfigSource;

import java.util.List;
import java.util.stream.Collectors;

/** The settings of a module, as properties whose values are expressions of its variables. Each module lists its own. */
public abstract class SettingsSource extends MapBackedConfigSource {
    private static final int BELOW_FILES = 200;

    private final transient List<Setting> settings;

    /** @param settings to be read into a static field, at build time in an executable, which cannot reflect on them */
    protected SettingsSource(String name, List<Setting> settings) {
        super(name, settings.stream().collect(Collectors.toMap(Setting::property, Setting::expression)), BELOW_FILES);
        this.settings = settings;
    }

    public final List<Setting> settings() {
        return settings;
    }
}

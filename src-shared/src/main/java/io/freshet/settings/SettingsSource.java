package io.freshet.settings;

import io.smallrye.config.common.MapBackedConfigSource;

import java.util.List;
import java.util.stream.Collectors;

/** The settings of a module, as the properties that its services read them by. Each module has one, which lists them. */
public abstract class SettingsSource extends MapBackedConfigSource {
    private static final int BELOW_FILES = 200;

    private final transient List<Setting> settings;

    /** @param settings read once and for all, into a static field: there is nothing to reflect on in an executable */
    protected SettingsSource(String name, List<Setting> settings) {
        super(name, settings.stream().collect(Collectors.toMap(Setting::property, Setting::expression)), BELOW_FILES);
        this.settings = settings;
    }

    public final List<Setting> settings() {
        return settings;
    }
}

package io.freshet.settings;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what is set wrongly before it is converted, because a failing conversion names properties that nobody set and
 * comes before there is a log. Such values are hidden until {@link SettingsCheck} refuses the start.
 */
public final class SettingsSource implements ConfigSourceFactory {
    static final String COMPLAINTS = "freshet.settings.wrong";
    private static final int ABOVE_ALL = 1000;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> hidden = new HashMap<>();
        Set<String> complaints = new LinkedHashSet<>();
        for (Setting setting : Setting.ALL) {
            String text = value(context, setting.property());
            if (setting.isWrong(text)) {
                complaints.add(setting.complaint(text));
                hidden.put(setting.property(), setting.rule().sample());
            }
        }
        if (hidden.isEmpty()) {
            return List.of();
        }
        hidden.put(COMPLAINTS, String.join("; ", complaints));
        return List.of(new PropertiesConfigSource(hidden, "Freshet's wrong settings", ABOVE_ALL));
    }

    private static String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null ? "" : value.getValue().strip();
    }
}

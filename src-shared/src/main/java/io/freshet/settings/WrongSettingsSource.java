package io.freshet.settings;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds invalid settings before they are converted, because a failing conversion names properties that nobody has set,
 * and happens before there is a log. Their values are replaced by defaults until {@link SettingsCheck} refuses the
 * start. A variable that is set to an empty value counts as not set.
 */
public final class WrongSettingsSource implements ConfigSourceFactory {
    /** The property that holds the complaints. */
    public static final String COMPLAINTS = "freshet.settings.wrong";

    private static final int ABOVE_ALL = 1000;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> hidden = new HashMap<>();
        Set<String> complaints = new TreeSet<>();
        settings(context).forEach(setting -> {
            String text = value(context, setting.property());
            if (!text.isEmpty() && setting.rule().isBrokenBy(text)) {
                hidden.put(setting.property(), setting.defaultValue());
                complaints.add(setting.complaint(text));
            } else if (text.isEmpty() && !setting.defaultValue().isEmpty()) {
                hidden.put(setting.property(), setting.defaultValue());
            }
        });
        if (!complaints.isEmpty()) {
            hidden.put(COMPLAINTS, String.join("; ", complaints));
        }
        return List.of(new PropertiesConfigSource(hidden, "Freshet's wrong settings", ABOVE_ALL));
    }

    private static Stream<Setting> settings(ConfigSourceContext context) {
        return context.getConfigSources().stream()
                .filter(SettingsSource.class::isInstance)
                .flatMap(source -> ((SettingsSource) source).settings().stream());
    }

    private static String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null ? "" : value.getValue().strip();
    }
}

package io.freshet.azure;

import io.freshet.settings.WrongSettings;

import java.util.Arrays;
import java.util.Locale;

/** Checks the attributes of one channel; {@link WrongSettings} names channel, attribute and what is allowed. */
public record AttributeCheck(String channel) {

    public int within(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new WrongSettings("Channel '" + channel + "': attribute '" + name + "' is " + value
                    + " and must be from " + min + " to " + max);
        }
        return value;
    }

    public <E extends Enum<E>> E oneOf(String name, String value, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new WrongSettings("Channel '" + channel + "': attribute '" + name
                        + "' is '" + value + "' and must be one of "
                        + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }
}

package io.freshet.harness.command;

import io.freshet.harness.Failure;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the environment asks for. Reading fails with a message that names the variable. */
final class Settings {
    private static final int MAX_PORT = 65_535;
    private static final Set<String> OFF = Set.of("0", "false", "no");

    private final Map<String, String> environment;

    Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** With other values than the user's. */
    Settings with(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(others);
        return new Settings(all);
    }

    /** The variable's text; empty when it is absent or blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    boolean flag(String name) {
        return text(name)
                .filter(text -> !OFF.contains(text.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /** A whole number within bounds; empty when the variable is not set. */
    OptionalLong number(String name, long min, long max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        String value = text.get();
        if (!value.matches("\\d{1,18}") || Long.parseLong(value) < min || Long.parseLong(value) > max) {
            throw new Failure(name + "=" + value + " is not a whole number from " + min + " to " + max + ".");
        }
        return OptionalLong.of(Long.parseLong(value));
    }

    OptionalLong port(String name) {
        return number(name, 1, MAX_PORT);
    }
}

package io.freshet.gateway.orchestrations;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The query of a request as the original reads it: names ignore case, a plus is a space, and the values of a repeated
 * parameter are joined with commas.
 */
final class Query {
    private final Map<String, String> values = new LinkedHashMap<>();

    Query(@Nullable String raw) {
        if (raw == null) {
            return;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.merge(decode(name).toLowerCase(Locale.ROOT), decode(value), (one, more) -> one + "," + more);
        }
    }

    /** As it was sent, which may be blank; empty if it was not sent. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Empty if it was not sent, or sent without a value. */
    Optional<String> value(String name) {
        return text(name).filter(value -> !value.isEmpty());
    }

    /** Anything but true and false counts as not sent. */
    boolean flag(String name, boolean otherwise) {
        String value = text(name).map(String::strip).orElse("");
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        return !value.equalsIgnoreCase("false") && otherwise;
    }

    private static String decode(String text) {
        return Percent.decode(text.replace('+', ' '));
    }
}

package io.freshet.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Which values of a setting are valid. */
public sealed interface Rule {

    /** May also throw {@link IllegalArgumentException} for an invalid text. */
    boolean accepts(String text);

    /** The valid values in words, to follow "must be". */
    String wanted();

    default boolean isBrokenBy(String text) {
        try {
            return !accepts(text);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    record WholeNumber(int min, int max) implements Rule {

        @Override
        public boolean accepts(String text) {
            long number = Long.parseLong(text);
            return number >= min && number <= max;
        }

        @Override
        public String wanted() {
            return max == Integer.MAX_VALUE
                    ? "a whole number of at least " + min
                    : "a whole number from " + min + " to " + max;
        }
    }

    record Span(Duration min) implements Rule {

        @Override
        public boolean accepts(String text) {
            return DurationConverter.parseDuration(text).compareTo(min) >= 0;
        }

        @Override
        public String wanted() {
            return "a duration of at least " + min + ", such as PT30S or 30s";
        }
    }

    record Size(long minBytes) implements Rule {

        @Override
        public boolean accepts(String text) {
            return bytes(text) >= minBytes;
        }

        @Override
        public String wanted() {
            return "a size of at least " + minBytes + " bytes, such as 64M";
        }

        static long bytes(String text) {
            return new MemorySizeConverter().convert(text).asLongValue();
        }
    }

    record Words(List<String> words) implements Rule {

        @Override
        public boolean accepts(String text) {
            return words.stream().anyMatch(text::equalsIgnoreCase);
        }

        @Override
        public String wanted() {
            return String.join(" or ", words);
        }
    }

    record Address() implements Rule {

        @Override
        public boolean accepts(String text) {
            URI address = URI.create(text);
            return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null;
        }

        @Override
        public String wanted() {
            return "an address that begins with https:// or http://";
        }
    }

    /** The attributes of {@link Text}. */
    record Written(String pattern, int shortest, int longest, String wanted) implements Rule {

        @Override
        public boolean accepts(String text) {
            return text.length() >= shortest && text.length() <= longest && text.matches(pattern);
        }
    }

    /** Any text; the feature that reads it checks it. */
    record Anything() implements Rule {

        @Override
        public boolean accepts(String text) {
            return true;
        }

        @Override
        public String wanted() {
            return "a text";
        }
    }
}

package io.freshet.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a setting may be.
 *
 * @param wanted in words, after "has to be"
 * @param sample a value that is accepted
 */
record Rule(Predicate<String> accepts, String wanted, String sample) {

    static Rule wholeNumber(int min) {
        return wholeNumber(min, Integer.MAX_VALUE);
    }

    static Rule wholeNumber(int min, int max) {
        String wanted = max == Integer.MAX_VALUE
                ? "a whole number of at least " + min
                : "a whole number from " + min + " to " + max;
        return new Rule(text -> isWithin(Long.parseLong(text), min, max), wanted, Integer.toString(min));
    }

    static Rule duration(Duration min) {
        String wanted = "a duration of at least " + min + ", such as PT30S or 30s";
        return new Rule(text -> DurationConverter.parseDuration(text).compareTo(min) >= 0, wanted, min.toString());
    }

    static Rule memory(long minBytes) {
        MemorySizeConverter sizes = new MemorySizeConverter();
        return new Rule(
                text -> sizes.convert(text).asLongValue() >= minBytes,
                "a size of at least " + minBytes + " bytes, such as 64M",
                Long.toString(minBytes));
    }

    static Rule oneOf(String... words) {
        return new Rule(
                text -> Arrays.stream(words).anyMatch(text::equalsIgnoreCase), String.join(" or ", words), words[0]);
    }

    static Rule name(String pattern, String wanted, String sample) {
        return new Rule(Pattern.compile(pattern).asMatchPredicate(), wanted, sample);
    }

    static Rule address() {
        return new Rule(Rule::isAddress, "an address that begins with https:// or http://", "https://localhost");
    }

    boolean isBrokenBy(String text) {
        try {
            return !accepts.test(text);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static boolean isWithin(long number, int min, int max) {
        return number >= min && number <= max;
    }

    private static boolean isAddress(String text) {
        URI address = URI.create(text);
        return ("https".equals(address.getScheme()) || "http".equals(address.getScheme())) && address.getHost() != null;
    }
}

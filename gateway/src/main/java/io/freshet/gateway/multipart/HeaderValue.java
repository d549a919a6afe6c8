package io.freshet.gateway.multipart;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a header with parameters, as {@code multipart/form-data; boundary="edge"}. Anything is accepted: what is
 * odd becomes a value or a parameter that nobody reads.
 *
 * @param value in lower case
 * @param parameters by name in lower case; if one is repeated, the first counts
 */
public record HeaderValue(String value, Map<String, String> parameters) {

    public static HeaderValue parse(@Nullable String header) {
        Scan scan = new Scan(header == null ? "" : header);
        String value = scan.upTo(";").toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new HashMap<>();
        while (scan.skip(';')) {
            String name = scan.upTo("=;").toLowerCase(Locale.ROOT);
            parameters.putIfAbsent(name, scan.skip('=') ? scan.word() : "");
        }
        return new HeaderValue(value, Map.copyOf(parameters));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** A place in a header's text. */
    private static final class Scan {
        private final String text;
        private int at;

        Scan(String text) {
            this.text = text;
        }

        boolean skip(char expected) {
            boolean there = at < text.length() && text.charAt(at) == expected;
            at += there ? 1 : 0;
            return there;
        }

        String upTo(String ends) {
            int from = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at).strip();
        }

        String word() {
            while (skip(' ') || skip('\t')) {
                // blanks around '=' are not allowed, and are sent
            }
            if (!skip('"')) {
                return upTo(";");
            }
            String quoted = quoted();
            upTo(";");
            return quoted;
        }

        private String quoted() {
            StringBuilder content = new StringBuilder();
            while (at < text.length() && !skip('"')) {
                skip('\\');
                if (at < text.length()) {
                    content.append(text.charAt(at++));
                }
            }
            return content.toString();
        }
    }
}

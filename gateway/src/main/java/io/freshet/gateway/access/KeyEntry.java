package io.freshet.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A known key, by its hash.
 *
 * @param name of the principal; several keys may share one, so that keys can be rotated
 */
record KeyEntry(String name, Set<String> roles, byte[] sha256) {
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9._-]{0,62}):((?:read|submit|admin)(?:\\+(?:read|submit|admin))*):([0-9a-fA-F]{64})");

    /** Throws without repeating the text: it may be a key that was put in the wrong place. */
    static KeyEntry parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be name:rights:sha256, where rights are read, submit and admin"
                    + " with + between them, and sha256 is the hash of the key in 64 hexadecimal digits, as make key"
                    + " writes it");
        }
        Set<String> roles =
                Arrays.stream(parts.group(2).split("\\+")).map(Roles::of).collect(Collectors.toUnmodifiableSet());
        return new KeyEntry(parts.group(1), roles, HexFormat.of().parseHex(parts.group(3)));
    }

    /** In constant time. */
    boolean isOf(byte[] hash) {
        return MessageDigest.isEqual(sha256, hash);
    }

    static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

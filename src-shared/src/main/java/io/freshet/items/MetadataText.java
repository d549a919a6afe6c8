package io.freshet.items;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Text in blob metadata: they travel as HTTP headers, so it is written as Base64, and cut at 1 KiB. */
final class MetadataText {
    private static final int MAX_BYTES = 1024;

    private MetadataText() {}

    static String encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Utf8.beginning(bytes, 0, bytes.length, MAX_BYTES);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length));
    }

    /** What a worker of others has written plainly stands for itself. */
    static String decode(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}

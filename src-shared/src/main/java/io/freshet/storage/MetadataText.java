package io.freshet.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Text in blob metadata: they travel as HTTP headers, so it is written as Base64, and cut at 1 KiB. */
final class MetadataText {
    private static final int MAX_BYTES = 1024;

    private MetadataText() {}

    static String encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_BYTES);
        while (length < bytes.length && length > 0 && isContinuation(bytes[length])) {
            length--;
        }
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length));
    }

    /** A byte that continues a character of several: the cut must not come before it. */
    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}

package io.freshet.instance;

import io.freshet.run.RunId;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Identity of an instance: chosen by a client under the documented rules of Durable Functions, or generated.
 * Case-sensitive.
 */
public record InstanceId(String text) implements Comparable<InstanceId> {
    public static final int MAX_LENGTH = 100;

    private static final String FORBIDDEN = "/\\#?";
    private static final String PLAIN = "-_.~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    public InstanceId {
        whyNot(text).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
    }

    /** A new id of 32 lower-case hexadecimal digits. */
    public static InstanceId random() {
        return new InstanceId(UUID.randomUUID().toString().replace("-", ""));
    }

    /** Empty if the text is not a valid id. */
    public static Optional<InstanceId> read(String text) {
        return whyNot(text).isEmpty() ? Optional.of(new InstanceId(text)) : Optional.empty();
    }

    /** Why a text cannot be an id, in words for whoever chose it; empty if it can. */
    public static Optional<String> whyNot(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.of("An instance id has 1 to " + MAX_LENGTH + " characters, not " + text.length() + ".");
        }
        if (text.startsWith("@")) {
            return Optional.of("An instance id must not begin with '@': such ids are those of entities.");
        }
        if (text.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0 || Character.isISOControl(c))) {
            return Optional.of("An instance id must not contain '/', '\\', '#', '?' or control characters.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return Optional.of("An instance id must be valid Unicode.");
        }
        if (text.endsWith(".")) {
            return Optional.of("An instance id must not end with a dot: storage would drop it.");
        }
        if (RunId.read(text).isPresent()) {
            return Optional.of("An instance id must not look like the id of a job, such as '2026-11-820454733909116'.");
        }
        return Optional.empty();
    }

    /** The id as part of a blob's name. */
    public String encoded() {
        return encode(text);
    }

    /**
     * Percent-encodes a text for a blob's name, character by character, so that a prefix of the text is a prefix of the
     * name.
     */
    public static String encode(String text) {
        StringBuilder name = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                name.append((char) b);
            } else {
                HEX.toHexDigits(name.append('%'), b);
            }
        }
        return name.toString();
    }

    /** Reads what {@link #encoded} wrote; empty if it is not a valid id. */
    public static Optional<InstanceId> decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) != '%') {
                bytes.write(encoded.charAt(i));
            } else if (i + 2 < encoded.length()
                    && HexFormat.isHexDigit(encoded.charAt(i + 1))
                    && HexFormat.isHexDigit(encoded.charAt(i + 2))) {
                bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        return read(bytes.toString(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || PLAIN.indexOf(b) >= 0;
    }

    @Override
    public int compareTo(InstanceId other) {
        return encoded().compareTo(other.encoded());
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.freshet.azure.queue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the text of a message is stored in the queue. */
enum MessageEncoding {
    /** As it is. */
    TEXT {
        @Override
        String decode(String stored) {
            return stored;
        }
    },
    /**
     * Base64 of UTF-8, as written by Event Grid and Azure Functions. Anything that is not Base64 of text is left as it
     * is.
     */
    BASE64 {
        @Override
        String decode(String stored) {
            return decoded(stored).orElse(stored);
        }

        @Override
        String encode(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    },
    /**
     * Decodes Base64 only if it cannot be anything else. JSON is never changed: only numbers, true, false and null
     * consist entirely of Base64's alphabet, and these are excluded.
     */
    AUTO {
        @Override
        String decode(String stored) {
            return JSON_SCALAR.matcher(stored).matches()
                    ? stored
                    : decoded(stored).filter(MessageEncoding::isPlain).orElse(stored);
        }
    };

    private static final Pattern JSON_SCALAR =
            Pattern.compile("true|false|null|-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /** Decodes what is stored in the queue. */
    abstract String decode(String stored);

    /** Encodes a text for the queue. */
    String encode(String text) {
        return text;
    }

    private static Optional<String> decoded(String stored) {
        String base64 = stored.strip();
        if (base64.isEmpty() || base64.length() % 4 != 0) {
            return Optional.empty();
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)));
            return Optional.of(text.toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * Text does not contain such characters and JSON must not, but what looks like Base64 by chance decodes to them.
     */
    private static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
    }
}

package io.freshet.gateway.orchestrations;

import io.freshet.storage.InstancePage;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where a list goes on, as a text for a header. */
final class ContinuationToken {
    private static final String PREFIX = "1 ";

    private ContinuationToken() {}

    static String write(InstancePage.Position position) {
        String text = PREFIX + position.after() + "\n" + (position.token() == null ? "" : position.token());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The beginning without a token; nothing if it is none of ours. */
    static Optional<InstancePage.Position> read(@Nullable String token) {
        if (token == null || token.isBlank()) {
            return Optional.of(InstancePage.Position.BEGINNING);
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token.strip()), StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            return text.startsWith(PREFIX) && end > 0
                    ? Optional.of(new InstancePage.Position(
                            end + 1 < text.length() ? text.substring(end + 1) : null,
                            text.substring(PREFIX.length(), end)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

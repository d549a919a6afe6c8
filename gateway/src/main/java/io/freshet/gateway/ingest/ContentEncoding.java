package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.gateway.ingest.Content.Trait;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the header of this name says of a body or of a part. */
public final class ContentEncoding {
    private static final Set<String> NONE = Set.of("", "identity");
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private ContentEncoding() {}

    /**
     * Fails with UNSUPPORTED_FORMAT if it is none that is taken.
     *
     * @param value of several headers, joined by commas
     */
    public static Set<Trait> traits(String value) {
        List<String> codings = Arrays.stream(value.split(","))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !NONE.contains(coding))
                .toList();
        if (codings.isEmpty()) {
            return Set.of();
        }
        if (codings.size() == 1 && GZIP.contains(codings.getFirst())) {
            return Set.of(Trait.SAID_TO_BE_GZIP);
        }
        throw new Permanent(
                FailureCode.UNSUPPORTED_FORMAT,
                "Content-Encoding '" + value + "' is not taken: send the lines as gzip (once), or plain");
    }
}

package io.freshet.items;

import io.freshet.run.ItemOutcome.Tally;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Content type of an output blob. It carries the item's counts, because it is the only attribute that both listings and
 * Event Grid events include: an item's outcome is known from its output without another read.
 */
public final class OutputType {
    private static final String NDJSON = "application/x-ndjson";
    private static final Pattern FORM =
            Pattern.compile("application/x-ndjson; ?lines=(\\d{1,18}); ?rejected=(\\d{1,18})");

    private OutputType() {}

    /** For example {@code application/x-ndjson; lines=100; rejected=3}. */
    public static String of(Tally tally) {
        return NDJSON + "; lines=" + tally.lines() + "; rejected=" + tally.rejectedLines();
    }

    /** Empty if it has no counts: foreign workers leave the content type to storage. */
    public static Optional<Tally> read(String contentType) {
        Matcher m = FORM.matcher(contentType);
        return m.matches()
                ? Optional.of(new Tally(Long.parseLong(m.group(1)), Long.parseLong(m.group(2))))
                : Optional.empty();
    }
}

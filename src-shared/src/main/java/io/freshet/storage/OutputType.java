package io.freshet.storage;

import io.freshet.run.ItemOutcome;
import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Content type of an output blob: it carries the part's counts, because it is the one attribute that a listing and an
 * Event Grid event both bring. So a part's outcome is known from its output alone, without another read.
 *
 * @param lines input lines of the part
 * @param rejectedLines those that were rejected
 */
public record OutputType(long lines, long rejectedLines) {
    private static final String NDJSON = "application/x-ndjson";
    private static final Pattern FORM =
            Pattern.compile("application/x-ndjson; ?lines=(\\d{1,18}); ?rejected=(\\d{1,18})");

    /** For example {@code application/x-ndjson; lines=100; rejected=3}. */
    public String contentType() {
        return NDJSON + "; lines=" + lines + "; rejected=" + rejectedLines;
    }

    /** Null if the text is not what {@link #contentType} writes. */
    public static @Nullable OutputType parse(String contentType) {
        Matcher m = FORM.matcher(contentType);
        return m.matches() ? new OutputType(Long.parseLong(m.group(1)), Long.parseLong(m.group(2))) : null;
    }

    /** Of any output: workers that know nothing of counts leave the content type to storage, and have none. */
    public static OutputType of(String contentType) {
        OutputType counted = parse(contentType);
        return counted == null ? new OutputType(0, 0) : counted;
    }

    /** @param part 1-based */
    public ItemOutcome.Done outcome(int part) {
        return new ItemOutcome.Done(part - 1, lines, rejectedLines);
    }
}

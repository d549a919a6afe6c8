package io.freshet.gateway.results;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;

/** Dates in headers, RFC 9110 section 5.6.7: one form to write, and two obsolete ones to read as well. */
final class HttpDate {
    private static final Map<Long, String> DAYS =
            Map.of(1L, "Mon", 2L, "Tue", 3L, "Wed", 4L, "Thu", 5L, "Fri", 6L, "Sat", 7L, "Sun");
    private static final Map<Long, String> LONG_DAYS = Map.of(
            1L, "Monday", 2L, "Tuesday", 3L, "Wednesday", 4L, "Thursday", 5L, "Friday", 6L, "Saturday", 7L, "Sunday");
    private static final Map<Long, String> MONTHS = Map.ofEntries(
            Map.entry(1L, "Jan"),
            Map.entry(2L, "Feb"),
            Map.entry(3L, "Mar"),
            Map.entry(4L, "Apr"),
            Map.entry(5L, "May"),
            Map.entry(6L, "Jun"),
            Map.entry(7L, "Jul"),
            Map.entry(8L, "Aug"),
            Map.entry(9L, "Sep"),
            Map.entry(10L, "Oct"),
            Map.entry(11L, "Nov"),
            Map.entry(12L, "Dec"));
    private static final int CENTURY_FROM = 1980;

    private static final DateTimeFormatter FIXED = day(DAYS)
            .appendPattern(", dd ")
            .appendText(ChronoField.MONTH_OF_YEAR, MONTHS)
            .appendPattern(" uuuu HH:mm:ss 'GMT'")
            .toFormatter();
    private static final DateTimeFormatter RFC_850 = day(LONG_DAYS)
            .appendPattern(", dd-")
            .appendText(ChronoField.MONTH_OF_YEAR, MONTHS)
            .appendLiteral('-')
            .appendValueReduced(ChronoField.YEAR, 2, 2, CENTURY_FROM)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter();
    private static final DateTimeFormatter ASCTIME = day(DAYS)
            .appendLiteral(' ')
            .appendText(ChronoField.MONTH_OF_YEAR, MONTHS)
            .appendPattern(" ppd HH:mm:ss uuuu")
            .toFormatter();
    private static final List<DateTimeFormatter> ALL = List.of(FIXED, RFC_850, ASCTIME);

    private HttpDate() {}

    private static DateTimeFormatterBuilder day(Map<Long, String> names) {
        return new DateTimeFormatterBuilder().appendText(ChronoField.DAY_OF_WEEK, names);
    }

    static String write(Instant time) {
        return FIXED.format(ZonedDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    /** Null if it is not a date; the header is then treated as if it had not been sent. */
    static @Nullable Instant read(@Nullable String text) {
        return text == null
                ? null
                : ALL.stream()
                        .map(form -> read(text.strip(), form))
                        .filter(time -> !time.equals(Instant.MIN))
                        .findFirst()
                        .orElse(null);
    }

    private static Instant read(String text, DateTimeFormatter form) {
        try {
            return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }
}

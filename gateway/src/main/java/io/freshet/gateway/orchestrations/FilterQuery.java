package io.freshet.gateway.orchestrations;

import io.freshet.instance.RuntimeStatus;
import io.freshet.storage.InstanceFilter;
import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which instances a request refers to. What is not understood is refused: if ignored, it would mean all of them. */
final class FilterQuery {
    private static final DateTimeFormatter US_DATE = DateTimeFormatter.ofPattern("M/d/uuuu", Locale.ROOT);
    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC),
            text -> midnight(LocalDate.parse(text)),
            text -> midnight(LocalDate.parse(text, US_DATE)),
            text -> OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());

    private FilterQuery() {}

    /** @param owner whose instances alone; null for everybody's */
    static InstanceFilter of(Query query, @Nullable String owner) {
        return new InstanceFilter(
                query.text("instanceIdPrefix").orElse(""),
                time(query, "createdTimeFrom"),
                time(query, "createdTimeTo"),
                statuses(query),
                owner);
    }

    private static Set<RuntimeStatus> statuses(Query query) {
        Set<RuntimeStatus> statuses = EnumSet.noneOf(RuntimeStatus.class);
        for (String name : query.text("runtimeStatus").orElse("").split(",", -1)) {
            if (!name.isBlank()) {
                statuses.add(RuntimeStatus.read(name.strip())
                        .orElseThrow(() -> DurableError.bad("The runtime status '" + name.strip()
                                + "' is not known: Pending, Running, Suspended, Completed, Failed, Terminated, Canceled"
                                + " and ContinuedAsNew are")));
            }
        }
        return statuses;
    }

    private static @Nullable Instant time(Query query, String name) {
        return query.value(name)
                .map(text -> read(text)
                        .orElseThrow(() -> DurableError.bad(
                                "'" + text + "' is no time for " + name + ": write it as 2026-01-31T10:00:00Z")))
                .orElse(null);
    }

    /** A time without a zone is in UTC. */
    static Optional<Instant> read(String text) {
        for (Function<String, Instant> form : FORMS) {
            try {
                return Optional.of(form.apply(text.strip()));
            } catch (DateTimeException e) {
                // it may have another form
            }
        }
        return Optional.empty();
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

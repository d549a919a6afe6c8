package io.freshet.run;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Creates run ids that sort by name with the newest first, so that the latest runs are at the head of a storage
 * listing. The number consists of 13 digits, the milliseconds subtracted from 9,999,999,999,999, and six random digits.
 */
public final class RunIds {
    private static final long COUNTDOWN_FROM = 9_999_999_999_999L;
    private static final int RANDOM_VALUES = 1_000_000;
    private static final int DIGITS_OF_TIME = 13;
    private static final int DIGITS = DIGITS_OF_TIME + 6;
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("yyyy-MM").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final IntUnaryOperator random;

    /** @param random maps an exclusive bound to a number from 0 */
    public RunIds(Clock clock, IntUnaryOperator random) {
        this.clock = clock;
        this.random = random;
    }

    /** When the run of this id was submitted; empty if the id was not created by {@link #next}. */
    public static Optional<Instant> submittedAt(RunId id) {
        if (id.number().length() != DIGITS) {
            return Optional.empty();
        }
        long left = Long.parseLong(id.number().substring(0, DIGITS_OF_TIME));
        Instant at = Instant.ofEpochMilli(COUNTDOWN_FROM - left);
        return MONTH.format(at).equals(id.month()) ? Optional.of(at) : Optional.empty();
    }

    /** A new id for a job that is submitted now. */
    public RunId next() {
        return next(false);
    }

    /** A new id for the run of an orchestration's step. */
    public RunId nextStep() {
        return next(true);
    }

    private RunId next(boolean isStep) {
        Instant now = clock.instant();
        String number = String.format(
                Locale.ROOT, "%013d%06d", COUNTDOWN_FROM - now.toEpochMilli(), random.applyAsInt(RANDOM_VALUES));
        return new RunId(isStep, MONTH.format(now), number);
    }
}

package io.freshet.run;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * When things happened to a run.
 *
 * @param submitted when it was released
 * @param started when it first ran
 * @param progressed when the last item was settled
 * @param ended when it reached its final state
 * @param worked time that was worked before the present stretch of running: all of earlier stretches, and of a
 *     suspension what passed until the last item in work was settled. The lines of all items belong to it
 */
public record Timeline(
        Instant submitted,
        @Nullable Instant started,
        @Nullable Instant progressed,
        @Nullable Instant ended,
        Duration worked) {

    static Timeline submittedAt(Instant at) {
        return new Timeline(at, null, null, null, Duration.ZERO);
    }

    Timeline startedAt(Instant at) {
        return new Timeline(submitted, started == null ? at : started, progressed, null, worked);
    }

    Timeline progressedAt(Instant at) {
        return new Timeline(submitted, started, at, ended, worked);
    }

    /** Work that began at {@code from} has ended. */
    Timeline workedUntil(Instant at, Instant from) {
        Duration stretch = Duration.between(from, at);
        return stretch.isNegative() ? this : new Timeline(submitted, started, progressed, ended, worked.plus(stretch));
    }

    /** An item that was in work when the run was suspended is settled: until then, work went on. */
    Timeline progressedInSuspension(Instant at, Instant suspended) {
        Instant before = progressed;
        Instant from = before != null && before.isAfter(suspended) ? before : suspended;
        return workedUntil(at, from).progressedAt(at);
    }

    Timeline endedAt(Instant at) {
        return new Timeline(submitted, started, progressed, at, worked);
    }
}

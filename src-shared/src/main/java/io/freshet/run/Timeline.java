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
 * @param worked time worked before the current stretch of running: earlier stretches, and in a suspension the time
 *     until the last item in progress was settled
 * @param firsts first events of the run
 */
public record Timeline(
        Instant submitted,
        @Nullable Instant started,
        @Nullable Instant progressed,
        @Nullable Instant ended,
        Duration worked,
        Firsts firsts) {

    /**
     * First events in processing a run's items; a rerun or resume does not change them.
     *
     * @param dispatched when the first messages were sent
     * @param settled when the first item was settled
     */
    public record Firsts(
            @Nullable Instant dispatched, @Nullable Instant settled) {
        public static final Firsts NONE = new Firsts(null, null);

        Firsts dispatchedAt(Instant at) {
            return dispatched == null ? new Firsts(at, settled) : this;
        }

        Firsts settledAt(Instant at) {
            return settled == null ? new Firsts(dispatched, at) : this;
        }
    }

    static Timeline submittedAt(Instant at) {
        return new Timeline(at, null, null, null, Duration.ZERO, Firsts.NONE);
    }

    Timeline startedAt(Instant at) {
        return new Timeline(submitted, started == null ? at : started, progressed, null, worked, firsts);
    }

    Timeline dispatchedAt(Instant at) {
        return new Timeline(submitted, started, progressed, ended, worked, firsts.dispatchedAt(at));
    }

    /** No longer ended: failed items are rerun. */
    Timeline again() {
        return new Timeline(submitted, started, null, null, worked, firsts);
    }

    Timeline progressedAt(Instant at) {
        return new Timeline(submitted, started, at, ended, worked, firsts.settledAt(at));
    }

    /** Adds a stretch of work that began at {@code from}. */
    Timeline workedUntil(Instant at, Instant from) {
        Duration stretch = Duration.between(from, at);
        return stretch.isNegative()
                ? this
                : new Timeline(submitted, started, progressed, ended, worked.plus(stretch), firsts);
    }

    /** An item that was in progress when the run was suspended is settled; work went on until then. */
    Timeline progressedInSuspension(Instant at, Instant suspended) {
        Instant before = progressed;
        Instant from = before != null && before.isAfter(suspended) ? before : suspended;
        return workedUntil(at, from).progressedAt(at);
    }

    Timeline endedAt(Instant at) {
        return new Timeline(submitted, started, progressed, at, worked, firsts);
    }
}

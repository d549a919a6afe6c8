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
 * @param active time spent running before the present stretch, for rates that leave out suspension
 */
public record Timeline(
        Instant submitted,
        @Nullable Instant started,
        @Nullable Instant progressed,
        @Nullable Instant ended,
        Duration active) {

    static Timeline submittedAt(Instant at) {
        return new Timeline(at, null, null, null, Duration.ZERO);
    }

    Timeline startedAt(Instant at) {
        return new Timeline(submitted, started == null ? at : started, progressed, null, active);
    }

    Timeline progressedAt(Instant at) {
        return new Timeline(submitted, started, at, ended, active);
    }

    Timeline pausedAt(Instant at, Instant runningSince) {
        Duration stretch = Duration.between(runningSince, at);
        return new Timeline(
                submitted, started, progressed, ended, active.plus(stretch.isNegative() ? Duration.ZERO : stretch));
    }

    Timeline endedAt(Instant at) {
        return new Timeline(submitted, started, progressed, at, active);
    }
}

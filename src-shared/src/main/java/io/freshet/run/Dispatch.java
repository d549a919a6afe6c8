package io.freshet.run;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What is known of the messages that wake workers for a run.
 *
 * @param at when messages for all open items were last sent; absent: they have yet to be sent
 * @param repeats how often they had to be sent again because nothing moved
 * @param generation 1 for the first execution, one more for each rerun; results carry it
 */
public record Dispatch(@Nullable Instant at, int repeats, int generation) {
    private static final int MAX_DOUBLINGS = 6;

    public static final Dispatch FIRST = new Dispatch(null, 0, 1);

    Dispatch sentAt(Instant now) {
        return new Dispatch(now, at == null ? 0 : repeats + 1, generation);
    }

    Dispatch needed() {
        return new Dispatch(null, 0, generation);
    }

    Dispatch nextGeneration() {
        return new Dispatch(null, 0, generation + 1);
    }

    /** Whether items of which none moved for so many intervals are due for another message, at growing distances. */
    boolean repeatIsDue(long intervals) {
        return intervals >= 1L << Math.min(repeats, MAX_DOUBLINGS);
    }
}

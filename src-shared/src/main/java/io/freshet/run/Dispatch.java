package io.freshet.run;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The state of the messages that wake workers for a run.
 *
 * @param at when messages were last sent; absent: none have been sent yet
 * @param cursor the last item that had a message, in the order of {@link ListingOrder}; {@link #NONE} or {@link #ALL}
 * @param repeats how often they were resent because there was no progress
 * @param generation 1 for the first execution, one more for each rerun; results carry it
 */
public record Dispatch(@Nullable Instant at, int cursor, int repeats, int generation) {
    /** The cursor before the first item. */
    public static final int NONE = -1;

    /** The cursor after the last item, however many there are. */
    public static final int ALL = Integer.MAX_VALUE;

    public static final Dispatch FIRST = new Dispatch(null, NONE, 0, 1);

    private static final int MAX_DOUBLINGS = 6;

    public Dispatch {
        if (cursor < NONE) {
            throw new IllegalArgumentException("Not an item: " + cursor);
        }
    }

    Dispatch sentUpTo(int item, Instant now) {
        return new Dispatch(now, item, 0, generation);
    }

    Dispatch repeated(Instant now) {
        return new Dispatch(now, cursor, repeats + 1, generation);
    }

    Dispatch needed() {
        return new Dispatch(null, NONE, 0, generation);
    }

    Dispatch nextGeneration() {
        return new Dispatch(null, NONE, 0, generation + 1);
    }

    /** Whether items without progress for this many intervals are due for another message, at growing intervals. */
    boolean repeatIsDue(long intervals) {
        return intervals >= 1L << Math.min(repeats, MAX_DOUBLINGS);
    }
}

package io.freshet.watcher.backlog;

import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunState;

import java.time.Duration;
import java.time.Instant;

/**
 * The demand of a run for workers of the cluster. Everything that may be in progress there is counted: items in flight,
 * retries, the merge. Too small a number would end busy workers.
 *
 * @param items number of items to process concurrently
 * @param from when the demand begins
 */
record Demand(int items, Instant from) {
    static final Demand NONE = of(0);

    /**
     * The watcher usually commits results itself, at once: no worker should be woken for a run that is computed
     * elsewhere.
     */
    private static final Duration MERGED_BY_THEN = Duration.ofSeconds(2);

    static Demand of(int items) {
        return new Demand(items, Instant.MIN);
    }

    static Demand of(Run run) {
        if (!run.isUnfinished() || run.itemCount() == 0) {
            return NONE;
        }
        boolean isElsewhere = run.location() instanceof Location.Burst;
        boolean isNowhere = run.location() instanceof Location.Undecided;
        return switch (run.state()) {
            case RunState.Pending s when isNowhere || isElsewhere -> NONE;
            case RunState.Pending s -> ofItems(run, run.remaining());
            case RunState.Running s -> isElsewhere ? NONE : ofItems(run, Math.max(1, run.remaining()));
            case RunState.Suspended s -> isElsewhere ? NONE : ofItems(run, run.outstanding());
            case RunState.Finalizing s -> isElsewhere ? new Demand(1, s.since().plus(MERGED_BY_THEN)) : of(1);
            case RunState.Finished s -> NONE;
        };
    }

    private static Demand ofItems(Run run, int items) {
        return of(Math.min(items, run.spec().placement().parallelism()));
    }

    Demand atMost(int most) {
        return new Demand(Math.min(items, most), from);
    }

    int at(Instant now) {
        return now.isBefore(from) ? 0 : items;
    }
}

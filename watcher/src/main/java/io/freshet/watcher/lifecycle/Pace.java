package io.freshet.watcher.lifecycle;

import java.time.Duration;

/**
 * How often storage is asked what others have done: at every tick while there is something, more seldom while there is
 * nothing; and never so often that asking takes more than a tenth of the time. A listing a second costs $13 a month,
 * whether there is something or not; an emulator looks at all of its blobs for each.
 */
final class Pace {
    private static final int IDLE_TICKS = 10;
    private static final int SHARE = 10;
    /** What every storage takes now and then. */
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Duration tick;
    private int ticks;
    private int due = 1;
    private long affordable = 1;

    Pace(Duration tick) {
        this.tick = tick;
    }

    /**
     * Whether this is a tick to ask at.
     *
     * @param isBusy whether there is something, for all that we know without asking
     */
    synchronized boolean tick(boolean isBusy) {
        ticks++;
        if (ticks < Math.max(affordable, isBusy ? 1 : due)) {
            return false;
        }
        ticks = 0;
        return true;
    }

    /** What asking has brought, and how long it took. */
    synchronized void found(boolean something, Duration took) {
        due = something ? 1 : Math.min(2 * due, IDLE_TICKS);
        affordable = took.compareTo(SHORT) <= 0 ? 1 : took.multipliedBy(SHARE).dividedBy(tick);
    }
}

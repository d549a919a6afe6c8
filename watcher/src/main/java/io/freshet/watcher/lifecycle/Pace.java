package io.freshet.watcher.lifecycle;

/**
 * How often storage is asked what others have done: at every tick while there is something, more seldom while there is
 * nothing. A listing a second costs $13 a month, whether there is something or not.
 */
final class Pace {
    private static final int IDLE_TICKS = 10;

    private int ticks;
    private int due = 1;

    /**
     * Whether this is a tick to ask at.
     *
     * @param isBusy whether there is something, for all that we know without asking
     */
    synchronized boolean tick(boolean isBusy) {
        ticks++;
        if (!isBusy && ticks < due) {
            return false;
        }
        ticks = 0;
        return true;
    }

    /** What asking has brought. */
    synchronized void found(boolean something) {
        due = something ? 1 : Math.min(2 * due, IDLE_TICKS);
    }
}

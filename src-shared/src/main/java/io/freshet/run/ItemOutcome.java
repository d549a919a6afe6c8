package io.freshet.run;

/** How a work item ended. */
public sealed interface ItemOutcome {

    /** 0-based number of the work item. */
    int item();

    /** The output is committed. */
    record Done(int item, Tally tally) implements ItemOutcome {}

    /** The item has used up its attempts, or can never succeed. */
    record Failed(int item, String reason) implements ItemOutcome {}

    /**
     * Counts of computed items.
     *
     * @param lines input lines, empty ones included
     * @param rejectedLines those that the computation rejected
     */
    record Tally(long lines, long rejectedLines) {
        public static final Tally NONE = new Tally(0, 0);

        public Tally plus(Tally other) {
            return new Tally(lines + other.lines, rejectedLines + other.rejectedLines);
        }
    }
}

package io.freshet.run;

/** How a work item ended. */
public sealed interface ItemOutcome {

    /** 0-based number of the work item. */
    int item();

    /** The output is committed. */
    record Done(int item, Tally tally) implements ItemOutcome {}

    /** The item has used up its attempts, or can never succeed. */
    record Failed(int item, String reason) implements ItemOutcome {}
}

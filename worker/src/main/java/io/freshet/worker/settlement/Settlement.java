package io.freshet.worker.settlement;

/** How an attempt ended, and thus what to do with its message. */
public sealed interface Settlement {

    /** The item is done, by this worker or another. */
    record Done() implements Settlement {}

    /** There is nothing to do: the item is done or held by another worker, or the run is canceled or suspended. */
    record Dropped(String why) implements Settlement {}

    /** To be retried later. */
    record Retry(Throwable failure) implements Settlement {}

    /** Handed back because this worker is stopping. */
    record HandedBack() implements Settlement {}

    /** The item has failed for good, and its index records why; or the message is invalid. */
    record GivenUp(String reason) implements Settlement {}
}

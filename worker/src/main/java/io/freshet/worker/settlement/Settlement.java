package io.freshet.worker.settlement;

/** How an attempt ended, as far as the message that caused it is concerned. */
public sealed interface Settlement {

    /** The item is done, by us or by another. */
    record Done() implements Settlement {}

    /** There is nothing to do: done, canceled, suspended, or in another worker's hands. */
    record Dropped(String why) implements Settlement {}

    /** Try again later. */
    record Retry(Throwable failure) implements Settlement {}

    /** Handed back untouched because this worker stops. */
    record HandedBack() implements Settlement {}

    /** The item has failed for good, and its index says why; or the message means nothing. */
    record GivenUp(String reason) implements Settlement {}
}

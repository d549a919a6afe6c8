package io.freshet.worker.claim;

/** What became of trying to claim. */
public sealed interface ClaimAttempt {

    /** We hold it. */
    record Claimed(Claim claim) implements ClaimAttempt {}

    /** There is nothing to claim: the item is done, or its run is gone. */
    record Absent() implements ClaimAttempt {}

    /** Another worker holds it. */
    record HeldByAnother() implements ClaimAttempt {}
}

package io.freshet.worker.claim;

/** An index blob and the lease that holds it. */
record ClaimedBlob(String name, String lease) {}

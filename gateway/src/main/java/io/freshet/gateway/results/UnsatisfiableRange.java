package io.freshet.gateway.results;

import io.freshet.gateway.problem.Quoted;

/** A range that begins behind the end of what there is. */
final class UnsatisfiableRange extends RuntimeException {
    private final long size;

    UnsatisfiableRange(String range, long size) {
        super("There are " + size + " bytes, and none of them in the range " + Quoted.of(range));
        this.size = size;
    }

    long size() {
        return size;
    }
}

package io.freshet.gateway.results;

/** A range that begins behind the end of what there is. */
final class UnsatisfiableRange extends RuntimeException {
    private final long size;

    UnsatisfiableRange(long size) {
        super("There are " + size + " bytes");
        this.size = size;
    }

    long size() {
        return size;
    }
}

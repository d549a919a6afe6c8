package io.freshet.gateway.ingest;

/** How an input comes. */
public enum Packing {
    PLAIN,
    GZIP,
    /** Gzip if it begins with gzip's magic number, else plain. */
    BY_CONTENT
}

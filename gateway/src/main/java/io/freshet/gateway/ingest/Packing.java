package io.freshet.gateway.ingest;

/** How an input comes. */
@FunctionalInterface
public interface Packing {
    Packing PLAIN = PlainBytes::new;
    Packing GZIP = GzipDecoder::new;

    /** For one input of this kind. */
    Unpacking unpacking();
}

package io.freshet.watcher.dashboard;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * One point of the series.
 *
 * @param values in the order of {@link #NAMES}; null is unknown
 */
record Counts(List<@Nullable Integer> values) {
    static final List<String> NAMES = List.of("waiting", "inFlight", "workers", "pods", "nodes");

    /** When nobody looked. */
    static final Counts UNKNOWN = new Counts(Arrays.asList(null, null, null, null, null));
}

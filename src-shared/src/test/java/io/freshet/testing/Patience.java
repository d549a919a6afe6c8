package io.freshet.testing;

import java.time.Duration;

/** How long tests wait for what has to come. */
public final class Patience {
    /** Only a failure takes that long, so it costs nothing to be patient with a machine that is slow or busy. */
    public static final Duration LIMIT = Duration.ofMinutes(5);

    private Patience() {}
}

package io.freshet.azure.queue;

import java.util.Locale;

/** What became of a message; the {@code result} of the metric. */
enum Outcome {
    RECEIVED,
    ACKED,
    RETRIED,
    RELEASED,
    POISONED,
    /** Someone else got it while it was in work. */
    LOST,
    /** Storage did not answer when it was to be settled; it comes back by itself. */
    UNSETTLED,
    SENT,
    REFUSED;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}

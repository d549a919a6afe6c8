package io.freshet.queue;

import io.smallrye.mutiny.Uni;

import java.time.Duration;

/** The channels through which this process receives and sends messages. */
public interface MessageChannels {

    /**
     * Stops receiving on all channels. Completes when every message in flight is settled and everything being sent has
     * been accepted or refused, or when the time is over, which is logged. A time of zero or less waits for nothing.
     */
    Uni<Void> drain(Duration atMost);
}

package io.freshet.azure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Limits of every call to Azure. A call that is given up fails as transient: whoever asked tries again later. */
@ConfigMapping(prefix = "freshet.azure.calls")
public interface AzureCallConfig {

    /** How long one attempt may take; too short for a 4 MiB block on a slow line, and uploads never end. */
    @WithDefault("PT30S")
    Duration timeout();

    /** Attempts in all, the first included. */
    @WithDefault("4")
    int attempts();

    /** Wait before the second attempt; doubled each time, with jitter. A longer {@code Retry-After} is honoured. */
    @WithDefault("PT0.2S")
    Duration firstBackOff();

    /** No wait between attempts is longer, whatever the service asks for. */
    @WithDefault("PT10S")
    Duration maxBackOff();

    /**
     * How long nothing may move on a connection that an answer is due on, or half read; then it is closed. Longer than a
     * call may take: what is left then is what nobody wants.
     */
    @WithDefault("PT1M")
    Duration silence();

    /** Connections to one host. */
    @WithDefault("64")
    int connections();
}

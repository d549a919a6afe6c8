package io.freshet.azure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Limits of every call to Azure. A call that runs out of attempts fails as transient; the caller tries again later. */
@ConfigMapping(prefix = "freshet.azure.calls")
public interface AzureCallConfig {

    /** How long one attempt may take. If it is too short for a 4 MiB block on a slow line, uploads never complete. */
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
     * How long a connection may be idle while a response is pending or half read before it is closed. Longer than a
     * call may take, so it only closes connections that nobody is waiting on.
     */
    @WithDefault("PT1M")
    Duration silence();

    /** Connections to one host. */
    @WithDefault("64")
    int connections();
}

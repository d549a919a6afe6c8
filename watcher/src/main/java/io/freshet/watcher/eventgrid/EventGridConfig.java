package io.freshet.watcher.eventgrid;

import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;

/** Settings of the webhook. */
@ConfigMapping(prefix = "freshet.eventgrid")
public interface EventGridConfig {
    /**
     * {@code EVENTGRIDSECRET}: secrets, one of which deliveries and handshakes must present; without any, nothing is
     * accepted.
     */
    Optional<List<String>> secret();
}

package io.freshet.watcher.eventgrid;

import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;

/** What users set of the webhook. */
@ConfigMapping(prefix = "freshet.eventgrid")
public interface EventGridConfig {
    /** {@code EVENTGRIDSECRET}: what deliveries and handshakes have to bring, any of them; without it nobody may deliver. */
    Optional<List<String>> secret();
}

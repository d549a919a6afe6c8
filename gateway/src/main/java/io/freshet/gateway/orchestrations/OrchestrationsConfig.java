package io.freshet.gateway.orchestrations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/** What users set of the orchestrations API. */
@ConfigMapping(prefix = "freshet.orchestrations")
public interface OrchestrationsConfig {
    /** {@code DURABLETASK_KEY}: whoever brings it as {@code code=} may do everything with orchestrations. A secret. */
    Optional<String> key();

    /** {@code PUBLICURL}: what links begin with; without it, the address that the request came to. */
    Optional<String> publicUrl();

    /** {@code PROXYFORWARDING}: whether links may begin with what a proxy in front says. */
    @WithDefault("false")
    boolean behindProxy();
}

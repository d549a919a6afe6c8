package io.freshet.gateway.http;

import io.freshet.settings.Variable;
import io.freshet.settings.common.GraceSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What users set of the gateway's server; most of it is read by Quarkus' own properties. */
@ConfigMapping(prefix = "freshet.http")
public interface HttpConfig extends GraceSetting {

    @Variable(value = "MAXCONNECTIONS", says = "Connections at a time; more are closed at once")
    @WithDefault("2000")
    int maxConnections();

    @Variable(value = "PROXYFORWARDING", says = "`true`: believe `X-Forwarded-*`; only behind a proxy that sets them")
    @WithDefault("false")
    boolean behindProxy();
}

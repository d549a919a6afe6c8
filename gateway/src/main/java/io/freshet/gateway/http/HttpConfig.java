package io.freshet.gateway.http;

import io.freshet.settings.Variable;
import io.freshet.settings.common.GraceSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the gateway's HTTP server; Quarkus reads most of them by properties of its own. */
@ConfigMapping(prefix = "freshet.http")
public interface HttpConfig extends GraceSetting {

    @Variable(value = "MAXCONNECTIONS", description = """
            Maximum number of open connections; further ones are closed at once""")
    @WithDefault("2000")
    int maxConnections();

    @Variable(value = "PROXYFORWARDING", description = """
            `true`: trust `X-Forwarded-*` headers. Only behind a proxy that sets them""")
    @WithDefault("false")
    boolean behindProxy();
}

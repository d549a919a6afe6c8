package io.freshet.gateway.orchestrations;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.net.URI;
import java.util.Optional;

/** Settings of the orchestrations API. */
@ConfigMapping(prefix = "freshet.orchestrations")
public interface OrchestrationsConfig {

    @Variable(value = "PUBLICURL", description = """
            Base of the links in the orchestrations API, such as `https://compute.example.com`. Default: the
            forwarded address if `PROXYFORWARDING` is set, otherwise the address that the request was sent to""")
    Optional<URI> publicUrl();

    @Variable(value = "DURABLETASK_KEY", secret = true, description = """
            System key of the orchestrations API: a caller that sends it as `code=` in the query, or in the header
            `x-functions-key`, may do anything there and gets it back in links. With `AUTH=none`, setting it makes
            it mandatory""")
    Optional<String> key();
}

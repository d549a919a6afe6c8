package io.freshet.gateway.orchestrations;

import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.net.URI;
import java.util.Optional;

/** What users set of the orchestrations API. */
@ConfigMapping(prefix = "freshet.orchestrations")
public interface OrchestrationsConfig {

    @Variable(value = "PUBLICURL", says = """
            What links of the orchestrations API begin with, such as `https://compute.example.com`. Without it: what a proxy
            says if `PROXYFORWARDING` is set, else the address that a request came to""")
    Optional<URI> publicUrl();

    @Variable(value = "DURABLETASK_KEY", secret = true, says = """
            System key of the orchestrations API: whoever brings it as `code=` in a query (or the header `x-functions-key`)
            may do everything there, and finds it in links. With `AUTH=none`, nobody comes in there without it""")
    Optional<String> key();
}

package io.freshet.gateway.access;

import io.freshet.settings.Text;
import io.freshet.settings.Variable;
import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Settings of authentication and rights. */
@ConfigMapping(prefix = "freshet.auth")
public interface AccessConfig {

    @Variable(value = "AUTH", description = """
            [Who may call](#who-may-do-what): `key`, `oidc`, or both, comma-separated; `none`: anybody may do
            anything. Default: `none` if only this machine can connect (`QUARKUS_HTTP_HOST=127.0.0.1`); otherwise
            the gateway does not start without it""")
    @Text(
            pattern = "none|(key|oidc)(\\s*,\\s*(key|oidc))*",
            wanted = "none, key, oidc, or key and oidc with a comma between them")
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> modes();

    @Variable(value = "AUTHKEYS", description = """
            Accepted keys, comma-separated: `name:rights:sha256`, as `make key` prints them. Several entries with
            the same name allow rotation""")
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> keys();

    @Variable(value = "AUTHKEYSFILE", description = "File with such entries, one per line; re-read when it changes")
    Optional<String> keysFile();

    @Variable(value = "AUTHSCOPE", description = """
            `own`: callers without the right `admin` see only their own jobs and instances; `all`: everybody's""")
    @WithDefault("all")
    Scope scope();

    @Variable(value = "OIDCISSUER", description = """
            Issuer of accepted tokens, such as `https://login.microsoftonline.com/{tenant}/v2.0`. Required by
            `AUTH=oidc`""")
    Optional<URI> issuer();

    @Variable(value = "OIDCAUDIENCE", description = "Audience of accepted tokens. Required by `AUTH=oidc`")
    Optional<String> audience();

    /** Read by Quarkus' own property, as the next one. */
    @Variable(value = "OIDCJWKS", description = "URL of the issuer's keys. Default: discovered from the issuer")
    Optional<URI> jwks();

    @Variable(value = "OIDCROLESCLAIM", description = """
            Claim that holds a token's rights: `freshet.read`, `freshet.submit`, `freshet.admin`""")
    @WithDefault("roles")
    String rolesClaim();

    /** Whose jobs are there for whom. */
    enum Scope {
        ALL,
        OWN
    }
}

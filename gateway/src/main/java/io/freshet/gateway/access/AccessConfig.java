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

/** What users set of who may do what. */
@ConfigMapping(prefix = "freshet.auth")
public interface AccessConfig {

    @Variable(value = "AUTH", says = """
            [Who may call](#who-may-do-what): `key`, `oidc`, both with a comma between them, or `none`: everybody may do
            everything. Without it, `none` where only this machine can call (`QUARKUS_HTTP_HOST=127.0.0.1`), and no start
            elsewhere""")
    @Text(
            pattern = "none|(key|oidc)(\\s*,\\s*(key|oidc))*",
            wanted = "none, key, oidc, or key and oidc with a comma between them")
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> modes();

    @Variable(value = "AUTHKEYS", says = """
            Keys that are known, comma-separated: `name:rights:sha256`, as `make key` writes them. Several of one name:
            rotation""")
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> keys();

    @Variable(value = "AUTHKEYSFILE", says = "A file with the same, one a line; it is read again when it changes")
    Optional<String> keysFile();

    @Variable(value = "AUTHSCOPE", says = "`own`: others' jobs and instances are not there for those who are no admins")
    @WithDefault("all")
    Scope scope();

    @Variable(value = "OIDCISSUER", says = """
            Issuer of the tokens that are taken, such as `https://login.microsoftonline.com/{tenant}/v2.0`. With
            `AUTH=oidc`""")
    Optional<URI> issuer();

    @Variable(value = "OIDCAUDIENCE", says = "Audience that tokens have to be for. With `AUTH=oidc`")
    Optional<String> audience();

    /** Read by Quarkus' own property, as the next one. */
    @Variable(value = "OIDCJWKS", says = "Where the issuer's keys are; without it, the issuer is asked (discovery)")
    Optional<URI> jwks();

    @Variable(
            value = "OIDCROLESCLAIM",
            says = "Claim of a token that has its rights: `freshet.read`, `freshet.submit`, `freshet.admin`")
    @WithDefault("roles")
    String rolesClaim();

    /** Whose jobs are there for whom. */
    enum Scope {
        ALL,
        OWN
    }
}

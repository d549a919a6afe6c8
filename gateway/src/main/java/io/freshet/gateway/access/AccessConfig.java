package io.freshet.gateway.access;

import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

import java.util.List;
import java.util.Optional;

/** What users set of who may do what. */
@ConfigMapping(prefix = "freshet.auth")
public interface AccessConfig {
    /** {@code AUTH}: {@code none}, or any of {@code key} and {@code oidc}. */
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> modes();

    /** {@code AUTHKEYS}: {@code name:rights:sha256}, several with commas between them. */
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> keys();

    /** {@code AUTHKEYSFILE}: a file with the same, one a line; it is read again when it changes. */
    Optional<String> keysFile();

    /** {@code AUTHSCOPE}: {@code all}, or {@code own} where others' jobs are not to be seen. */
    @WithDefault("all")
    String scope();

    /** {@code OIDCISSUER}: whose tokens are taken. */
    Optional<String> issuer();

    /** {@code OIDCAUDIENCE}: for whom they have to be. */
    Optional<String> audience();
}

package io.freshet.gateway.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class AccessRulesTest {
    private static final String EVERYWHERE = "0.0.0.0";

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "localhost", "::1", "127.3.2.1"})
    void atALoopbackAddressNothingHasToBeSaid(String host) {
        assertThat(AccessRules.complaints(settings("", "", "", ""), host)).isEmpty();
        assertThat(AccessRules.modes(Optional.empty())).containsExactly("none");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::", "10.0.0.1", "192.168.1.1"})
    void elsewhereItHasToBeSaidWhoMayDoWhat(String host) {
        assertThat(AccessRules.complaints(settings("", "", "", ""), host))
                .singleElement()
                .asString()
                .contains("AUTH", host, "key", "oidc", "none", "QUARKUS_HTTP_HOST");
    }

    @Test
    void whatIsSaidInFullIsTakenEverywhere() {
        assertThat(AccessRules.complaints(settings("none", "", "", ""), EVERYWHERE))
                .isEmpty();
        assertThat(AccessRules.complaints(settings("key", "a:read:00", "", ""), EVERYWHERE))
                .isEmpty();
        assertThat(AccessRules.complaints(settings("oidc", "", "https://i", "a"), EVERYWHERE))
                .isEmpty();
        assertThat(AccessRules.complaints(settings("key,oidc", "a:read:00", "https://i", "a"), EVERYWHERE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "key,       '',        '',        '', AUTHKEYS",
        "oidc,      '',        '',        '', OIDCISSUER",
        "oidc,      '',        https://i, '', OIDCAUDIENCE",
        "oidc,      '',        '',        a,  OIDCISSUER",
        "none,      a:read:00, '',        '', AUTHKEYS",
        "'',        a:read:00, '',        '', AUTHKEYS",
        "oidc,      a:read:00, https://i, a,  AUTHKEYS",
        "key,       a:read:00, https://i, a,  OIDCISSUER",
        "none,      '',        https://i, a,  OIDCISSUER"
    })
    void whatIsSaidByHalfIsRefused(String modes, String keys, String issuer, String audience, String named) {
        assertThat(AccessRules.complaints(settings(modes, keys, issuer, audience), "127.0.0.1"))
                .singleElement()
                .asString()
                .contains(named)
                .contains("AUTH");
    }

    private static AccessConfig settings(String modes, String keys, String issuer, String audience) {
        return new AccessConfig() {
            @Override
            public Optional<List<String>> modes() {
                return list(modes);
            }

            @Override
            public Optional<List<String>> keys() {
                return list(keys);
            }

            @Override
            public Optional<String> keysFile() {
                return Optional.empty();
            }

            @Override
            public Scope scope() {
                return Scope.ALL;
            }

            @Override
            public Optional<URI> issuer() {
                return Optional.of(issuer).filter(text -> !text.isEmpty()).map(URI::create);
            }

            @Override
            public Optional<String> audience() {
                return Optional.of(audience).filter(text -> !text.isEmpty());
            }

            @Override
            public Optional<URI> jwks() {
                return Optional.empty();
            }

            @Override
            public String rolesClaim() {
                return "roles";
            }

            private Optional<List<String>> list(String text) {
                return text.isEmpty() ? Optional.empty() : Optional.of(List.of(text.split(",")));
            }
        };
    }
}

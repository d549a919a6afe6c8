package io.freshet.gateway.settings;

import io.freshet.testing.SettingsRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class GatewaySettingsTest extends SettingsRules {

    GatewaySettingsTest() {
        super(new GatewaySettings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ITEMSPERJOB      | 0            | a whole number of at least 1
            ITEMSPERJOB      | 10k          | a whole number of at least 1
            ITEMSPERJOB      | 99999999999  | a whole number of at least 1
            MAXPARALLELISM   | -1           | a whole number of at least 1
            MAXCONNECTIONS   | 0            | a whole number of at least 1
            MAXLINEBYTES     | 0            | a whole number from 1 to 1073741824
            MAXLINEBYTES     | 1073741825   | a whole number from 1 to 1073741824
            MAXPARTS         | 0            | a whole number from 1 to 10000000
            MAXINPUTBYTES    | 0            | a size of at least 1 bytes, such as 64M
            MAXINPUTBYTES    | 10 GB        | a size of at least 1 bytes, such as 64M
            UPLOADMEMORY     | 1K           | a size of at least 1048576 bytes, such as 64M
            UPLOADMEMORY     | much         | a size of at least 1048576 bytes, such as 64M
            DEFAULTHANDLER   | my handler   | the name of a computation: letters, digits, '.', '_' and '-', 63 at most
            HANDLERS         | a, , b       | names of computations with commas between them, each of letters, digits, '.', '_' and '-'
            AUTH             | nobody       | none, key, oidc, or key and oidc with a comma between them
            AUTH             | none, key    | none, key, oidc, or key and oidc with a comma between them
            AUTHSCOPE        | mine         | all or own
            OIDCISSUER       | login        | an address that begins with https:// or http://
            OIDCJWKS         | keys         | an address that begins with https:// or http://
            FRESHET_GRACE    | -5s          | a duration of at least PT0S, such as PT30S or 30s
            PROXYFORWARDING  | yes          | true or false
            PUBLICURL        | example.com  | an address that begins with https:// or http://
            """)
    void aWrongSettingIsNamedWithWhatItHasToBe(String variable, String value, String wanted) {
        assertRefused(variable, value, wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "ITEMSPERJOB, 1, freshet.jobs.items-per-job",
        "MAXINPUTBYTES, 64M, freshet.jobs.max-input-bytes",
        "HANDLERS, 'calculator, exec,my.words', freshet.jobs.handlers",
        "AUTH, 'key, oidc', freshet.auth.modes",
        "AUTHSCOPE, OWN, freshet.auth.scope",
        "FRESHET_GRACE, 0s, freshet.http.grace",
        "PUBLICURL, https://compute.example.com/path, freshet.orchestrations.public-url"
    })
    void whatIsRightIsLeftAlone(String variable, String value, String property) {
        assertThat(complaints(Map.of(variable, value))).isEmpty();
        assertThat(config(Map.of(variable, value)).getConfigValue(property).getValue())
                .isEqualTo(value);
    }
}

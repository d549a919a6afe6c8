package io.freshet.settings.common;

import io.freshet.testing.SettingsRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class CommonSettingsTest extends SettingsRules {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONTAINER       | My Jobs      | the name of a container: 3 to 63 lower-case letters, digits and single hyphens
            CONTAINER       | jo           | the name of a container: 3 to 63 lower-case letters, digits and single hyphens
            CONTAINER       | a--b         | the name of a container: 3 to 63 lower-case letters, digits and single hyphens
            WORKQUEUE       | wo           | the name of a queue: 3 to 56 lower-case letters, digits and single hyphens, the prefix included
            INPUTQUEUE      | In_Put       | the name of a queue: 3 to 56 lower-case letters, digits and single hyphens, the prefix included
            INPUTHOSTS      | https://host | hosts with commas between them, without https:// or a path
            INPUTCONTAINERS | a/b          | names of containers with commas between them
            MANAGEMENTPORT  | 0            | a whole number from 1 to 65535
            MANAGEMENTPORT  | 65536        | a whole number from 1 to 65535
            DEBUGLOG        | 1            | true or false
            OTEL_EXPORTER_OTLP_ENDPOINT | collector:4317 | an address that begins with https:// or http://
            """)
    void aWrongSettingIsNamedWithWhatItHasToBe(String variable, String value, String wanted) {
        assertRefused(variable, value, wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "INPUTHOSTS, 'a.example, b.example:8443', freshet.inputs.hosts",
        "DEBUGLOG, true, freshet.switches.debug-log",
        "MANAGEMENTPORT, ' 9000 ', freshet.management.port"
    })
    void whatIsRightIsLeftAlone(String variable, String value, String property) {
        assertThat(complaints(Map.of(variable, value))).isEmpty();
        assertThat(config(Map.of(variable, value)).getConfigValue(property).getValue())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEAM-", "-", "a-name-of-a-team-that-is-so-long-that-no-queue-can-have-it-"})
    void aWrongPrefixIsSaidOfTheNamesOfAllQueues(String prefix) {
        assertThat(complaints(Map.of("QUEUEPREFIX", prefix)).orElseThrow().split("; "))
                .hasSize(5)
                .anyMatch(complaint -> complaint.startsWith("WORKQUEUE is '" + prefix + "work' but must be"));
    }

    @ParameterizedTest
    @CsvSource({"freshet.queues.work, team-work", "freshet.queues.control, team-control"})
    void queuesHaveTheirPrefix(String property, String name) {
        assertThat(config(Map.of("QUEUEPREFIX", "team-"))
                        .getConfigValue(property)
                        .getValue())
                .isEqualTo(name);
    }
}

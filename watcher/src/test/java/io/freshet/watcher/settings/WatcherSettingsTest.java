package io.freshet.watcher.settings;

import io.freshet.testing.SettingsRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class WatcherSettingsTest extends SettingsRules {

    WatcherSettingsTest() {
        super(new WatcherSettings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RECONCILEINTERVAL     | PT-1S       | a duration of at least PT0.001S, such as PT30S or 30s
            ABANDONEDAFTER        | 1 fortnight | a duration of at least PT0.001S, such as PT30S or 30s
            RETENTION             | xyz         | a duration of at least PT0.001S, such as PT30S or 30s
            DISPATCHWINDOW        | 0           | a whole number from 1 to 100000
            FRESHET_GRACE         | -5s         | a duration of at least PT0S, such as PT30S or 30s
            FRESHET_EVENTS        | grid        | eventgrid or direct
            WORKER_CONCURRENCY    | 0           | a whole number from 1 to 1024
            BURSTS                | yes         | auto or on or off
            ACICOMPLETIONSTRIGGER | -1          | a whole number of at least 0
            ACIMAXPARALLELISM     | 0           | a whole number from 1 to 10000
            BURSTSTARTTIMEOUT     | 0s          | a duration of at least PT1S, such as PT30S or 30s
            ACINODES              | v3          | v1 or v2
            ACIHOSTNAME           | My Node     | the name of a Kubernetes object: lower-case letters, digits, '-' and '.'
            FRESHET_INSTANCE      | a b         | the value of a Kubernetes label: 63 letters, digits, '-', '_' and '.' at most
            JOBIMAGE              | my image    | the name of an image, such as registry/name:tag
            ACIJOBCPULIMIT        | one         | a quantity of Kubernetes, such as 0.5, 500m or 256Mi
            JOBMEMORYLIMIT        | 256MB       | a quantity of Kubernetes, such as 0.5, 500m or 256Mi
            EVENTGRIDENDPOINT     | my-topic    | an address that begins with https:// or http://
            """)
    void aWrongSettingIsNamedWithWhatItHasToBe(String variable, String value, String wanted) {
        assertRefused(variable, value, wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "RETENTION, P7D, freshet.watcher.retention",
        "ACINODES, V2, freshet.bursts.nodes",
        "BURSTS, Off, freshet.bursts.enabled",
        "EVENTGRIDENDPOINT, https://t.westeurope-1.eventgrid.azure.net/api/events, freshet.completions.endpoint"
    })
    void whatIsRightIsLeftAlone(String variable, String value, String property) {
        assertThat(complaints(Map.of(variable, value))).isEmpty();
        assertThat(config(Map.of(variable, value)).getConfigValue(property).getValue())
                .isEqualTo(value);
    }
}

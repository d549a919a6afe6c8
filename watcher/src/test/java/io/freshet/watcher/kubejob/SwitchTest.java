package io.freshet.watcher.kubejob;

import io.smallrye.config.SmallRyeConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Where Jobs are made, and where not. */
class SwitchTest {
    private static final String NO_CLUSTER = "there is no Kubernetes cluster";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                                     | true  | there is no Kubernetes cluster
            BURSTS=on                                             | true  | -
            KUBERNETES_SERVICE_HOST=10.0.0.1                      | true  | -
            KUBERNETES_SERVICE_HOST=10.0.0.1 BURSTS=off           | true  | bursts are switched off (BURSTS=off)
            KUBERNETES_SERVICE_HOST=10.0.0.1                      | false | pods on virtual nodes v1 would have no access to storage: set STORAGEKEY, JOBSECRET
            BURSTS=on JOBSERVICEACCOUNTNAME=worker                | false | pods on virtual nodes v1 would have no access to storage: set STORAGEKEY, JOBSECRET
            BURSTS=on ACINODES=v2                                 | false | pods on virtual nodes v2 would have no access to storage: set STORAGEKEY, JOBSECRET or JOBSERVICEACCOUNTNAME
            BURSTS=on ACINODES=v2 JOBSERVICEACCOUNTNAME=worker    | false | -
            BURSTS=on JOBSECRET=storage                           | false | -
            """)
    void jobsAreMadeInAClusterThatCanLetThemIn(String variables, boolean hasKey, String obstacle) {
        SmallRyeConfig config = Variables.config(parsed(variables));

        Switch bursts = new Switch(
                config.getConfigMapping(JobsConfig.class),
                Variables.bursts(parsed(variables)),
                new SigningStorage(hasKey),
                config);

        assertThat(bursts.obstacle().orElse(null)).isEqualTo(obstacle);
        assertThat(bursts.isOff())
                .isEqualTo(NO_CLUSTER.equals(obstacle) || "bursts are switched off (BURSTS=off)".equals(obstacle));
    }

    private static Map<String, String> parsed(String variables) {
        Map<String, String> all = new HashMap<>();
        if (variables != null) {
            Arrays.stream(variables.split(" +")).map(v -> v.split("=")).forEach(v -> all.put(v[0], v[1]));
        }
        return all;
    }
}

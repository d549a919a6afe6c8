package io.freshet.worker;

import io.freshet.testing.SettingsRules;
import io.freshet.worker.handler.exec.ExecSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerSettingsTest extends SettingsRules {

    WorkerSettingsTest() {
        super(new WorkerSettings(), new ExecSettings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FRESHET_WORKER_MODE | foo        | serve or drain
            FRESHET_RUN_ID      | 2026-13-1  | the id of a job
            FRESHET_RUN_ID      | 2026-12-   | the id of a job
            WORKER_CONCURRENCY  | many       | a whole number from 1 to 1024
            WORKER_CONCURRENCY  | 0          | a whole number from 1 to 1024
            MAXDEQUEUECOUNT     | 0          | a whole number of at least 1
            FRESHET_GRACE       | -5s        | a duration of at least PT0S, such as PT30S or 30s
            FRESHET_EVENTS      | grid       | eventgrid or direct
            MAXLINEBYTES        | 1073741825 | a whole number from 1 to 1073741824
            EXEC_ENV            | MODEL DIR  | names of environment variables with commas between them
            EXEC_TIMEOUT        | 0s         | a duration of at least PT0.001S, such as PT30S or 30s
            EXEC_KILL_AFTER     | soon       | a duration of at least PT0S, such as PT30S or 30s
            """)
    void aWrongSettingIsNamedWithWhatItHasToBe(String variable, String value, String wanted) {
        assertRefused(variable, value, wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "FRESHET_WORKER_MODE, DRAIN, freshet.worker.mode",
        "WORKER_CONCURRENCY, ' 4 ', freshet.worker.concurrency",
        "FRESHET_GRACE, 30s, freshet.worker.grace",
        "EXEC_KILL_AFTER, 0s, freshet.exec.kill-after",
        "FRESHET_RUN_ID, 2026-11-8204547339091167127, freshet.worker.run-id",
        "FRESHET_RUN_ID, step-2026-11-8204547339091167127, freshet.worker.run-id"
    })
    void whatIsRightIsLeftAlone(String variable, String value, String property) {
        assertThat(complaints(Map.of(variable, value))).isEmpty();
        assertThat(config(Map.of(variable, value)).getConfigValue(property).getValue())
                .isEqualTo(value);
    }
}

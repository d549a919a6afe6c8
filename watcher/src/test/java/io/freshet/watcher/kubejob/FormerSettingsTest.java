package io.freshet.watcher.kubejob;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class FormerSettingsTest {

    @Test
    void whatHasNoEffectAnyMoreIsAcceptedAndSaid() {
        assertThat(FormerSettings.notes(
                        Variables.config(Map.of("JOBWATCHERIMAGE", "a", "JOBWATCHERSERVICEACCOUNTNAME", "b"))))
                .containsExactly(
                        "JOBWATCHERIMAGE is set but has no effect:"
                                + " one watcher serves all jobs, and no Job is created for it",
                        "JOBWATCHERSERVICEACCOUNTNAME is set but has no effect:"
                                + " one watcher serves all jobs, under its own service account");
        assertThat(FormerSettings.notes(Variables.config(Map.of()))).isEmpty();
    }
}

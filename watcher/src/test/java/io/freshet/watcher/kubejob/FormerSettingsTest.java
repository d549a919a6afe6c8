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
                        "JOBWATCHERIMAGE is set and has no effect:"
                                + " one watcher looks after all jobs, and no Job is made for it",
                        "JOBWATCHERSERVICEACCOUNTNAME is set and has no effect:"
                                + " one watcher looks after all jobs, under its own service account");
        assertThat(FormerSettings.notes(Variables.config(Map.of()))).isEmpty();
    }
}

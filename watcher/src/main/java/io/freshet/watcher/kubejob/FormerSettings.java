package io.freshet.watcher.kubejob;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Map;

/** Logs which variables of the original job scheduler no longer have an effect. */
@Singleton
final class FormerSettings {
    private static final Logger LOG = Logger.getLogger(FormerSettings.class);
    private static final Map<String, String> WITHOUT_EFFECT = Map.of(
            "JOBWATCHERIMAGE", "one watcher serves all jobs, and no Job is created for it",
            "JOBWATCHERSERVICEACCOUNTNAME", "one watcher serves all jobs, under its own service account");

    private final Config config;

    FormerSettings(Config config) {
        this.config = config;
    }

    void onStart(@Observes StartupEvent event) {
        notes(config).forEach(LOG::info);
    }

    static List<String> notes(Config config) {
        return WITHOUT_EFFECT.entrySet().stream()
                .filter(setting ->
                        config.getOptionalValue(setting.getKey(), String.class).isPresent())
                .map(setting -> setting.getKey() + " is set but has no effect: " + setting.getValue())
                .sorted()
                .toList();
    }
}

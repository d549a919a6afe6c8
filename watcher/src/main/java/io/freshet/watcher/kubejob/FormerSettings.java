package io.freshet.watcher.kubejob;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Map;

/** Tells whoever brings variables of the original job scheduler which of them do nothing any more. */
@Singleton
final class FormerSettings {
    private static final Logger LOG = Logger.getLogger(FormerSettings.class);
    private static final Map<String, String> WITHOUT_EFFECT = Map.of(
            "JOBWATCHERIMAGE", "one watcher looks after all jobs, and no Job is made for it",
            "JOBWATCHERSERVICEACCOUNTNAME", "one watcher looks after all jobs, under its own service account");

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
                .map(setting -> setting.getKey() + " is set and has no effect: " + setting.getValue())
                .sorted()
                .toList();
    }
}

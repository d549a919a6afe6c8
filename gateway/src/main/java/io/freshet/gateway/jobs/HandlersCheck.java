package io.freshet.gateway.jobs;

import io.freshet.settings.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Refuses to start if jobs that name no computation could not be accepted. */
@Singleton
final class HandlersCheck {
    private final JobsConfig config;

    HandlersCheck(JobsConfig config) {
        this.config = config;
    }

    void onStart(@Observes @Priority(1) StartupEvent event) {
        check();
    }

    void check() {
        if (config.handlers().isPresent() && !config.handlers().get().contains(config.handler())) {
            throw new WrongSettings(
                    "DEFAULTHANDLER is '" + config.handler() + "' but must be one of HANDLERS, which are "
                            + String.join(", ", config.handlers().get()));
        }
    }
}

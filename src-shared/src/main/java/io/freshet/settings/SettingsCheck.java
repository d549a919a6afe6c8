package io.freshet.settings;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.Optional;

/** Refuses to start with settings that cannot be meant, all of them at once. */
@Singleton
final class SettingsCheck {
    /** They see defaults instead of what is wrong. */
    private static final int BEFORE_OTHER_CHECKS = 0;

    private final Optional<String> complaints;

    SettingsCheck(@ConfigProperty(name = WrongSettingsSource.COMPLAINTS) Optional<String> complaints) {
        this.complaints = complaints;
    }

    void onStart(@Observes @Priority(BEFORE_OTHER_CHECKS) StartupEvent event) {
        complaints.ifPresent(text -> {
            throw new WrongSettings(text);
        });
    }
}

package io.freshet.settings;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.Optional;

/** Refuses to start with invalid settings, and names all of them at once. */
@Singleton
final class SettingsCheck {
    /** Other checks would see defaults in place of the invalid values. */
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

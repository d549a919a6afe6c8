package io.freshet.gateway.access;

import io.freshet.settings.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import java.util.List;

/** Refuses to start where it is not said who may do what, or only half of it. */
@Singleton
final class AccessCheck {
    private static final Logger LOG = Logger.getLogger(AccessCheck.class);
    private static final int AFTER_SINGLE_SETTINGS = 2;

    private final AccessConfig config;
    private final String host;

    AccessCheck(AccessConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.config = config;
        this.host = host;
    }

    void onStart(@Observes @Priority(AFTER_SINGLE_SETTINGS) StartupEvent event) {
        List<String> complaints = AccessRules.complaints(config, host);
        if (!complaints.isEmpty()) {
            throw new WrongSettings(String.join("; ", complaints));
        }
        if (AccessRules.modes(config.modes()).contains(AccessRules.NONE) && !AccessRules.isLoopback(host)) {
            LOG.warnf("AUTH is none, and the gateway listens on %s: whoever reaches it may do everything", host);
        }
    }
}

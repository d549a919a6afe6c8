package io.freshet.gateway.access;

import io.freshet.settings.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who has to authenticate, and how. Refuses to start if the settings do not say so, or contradict each other. */
@Singleton
public final class AccessRules {
    static final String NONE = "none";
    static final String KEY = "key";
    static final String OIDC = "oidc";

    private static final Logger LOG = Logger.getLogger(AccessRules.class);
    private static final int AFTER_SINGLE_SETTINGS = 2;

    private final AccessConfig config;
    private final String host;

    AccessRules(AccessConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.config = config;
        this.host = host;
    }

    void onStart(@Observes @Priority(AFTER_SINGLE_SETTINGS) StartupEvent event) {
        List<String> complaints = complaints(config, host);
        if (!complaints.isEmpty()) {
            throw new WrongSettings(String.join("; ", complaints));
        }
        if (isNobodyAsked() && !isLoopback(host)) {
            LOG.warnf("AUTH is none, and the gateway listens on %s: whoever can reach it may do everything", host);
        }
    }

    /** Whether everybody may do everything without authenticating. */
    public boolean isNobodyAsked() {
        return modes(config.modes()).contains(NONE);
    }

    /** The modes that are on; on a loopback address none need be named. */
    static List<String> modes(Optional<List<String>> named) {
        return named.orElse(List.of(NONE)).stream().distinct().toList();
    }

    /** Why a gateway that listens on this address cannot start, each with its remedy; empty if it can. */
    static List<String> complaints(AccessConfig config, String host) {
        List<String> complaints = new ArrayList<>();
        if (config.modes().isEmpty() && !isLoopback(host)) {
            complaints.add(
                    "AUTH is not set, and the gateway would listen on " + host + " for everybody: set AUTH to key"
                            + " or oidc, or to none if whoever reaches it may do everything, or listen on 127.0.0.1 alone"
                            + " (QUARKUS_HTTP_HOST)");
        }
        List<String> modes = modes(config.modes());
        boolean hasKeys = config.keys().isPresent() || config.keysFile().isPresent();
        if (modes.contains(KEY) != hasKeys) {
            complaints.add(
                    hasKeys
                            ? "AUTHKEYS or AUTHKEYSFILE is set, but AUTH does not name key: add it, or leave them out"
                            : "AUTH names key, but there is none: set AUTHKEYS or AUTHKEYSFILE (make key makes one)");
        }
        boolean hasIssuer = config.issuer().isPresent() && config.audience().isPresent();
        boolean hasSome = config.issuer().isPresent() || config.audience().isPresent();
        if (modes.contains(OIDC) && !hasIssuer) {
            complaints.add("AUTH names oidc, which needs both OIDCISSUER and OIDCAUDIENCE: set them");
        }
        if (!modes.contains(OIDC) && hasSome) {
            complaints.add("OIDCISSUER or OIDCAUDIENCE is set, but AUTH does not name oidc: add it, or leave them out");
        }
        return complaints;
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

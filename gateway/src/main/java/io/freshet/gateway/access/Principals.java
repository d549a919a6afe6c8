package io.freshet.gateway.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;

/** Whom a request may come from, besides those who have a key or a token. */
@Singleton
public final class Principals {
    /** No key's name has a colon. */
    private static final String SYSTEM = "system:";

    private final boolean isNobodyAsked;

    Principals(AccessConfig config) {
        this.isNobodyAsked = AccessRules.modes(config.modes()).contains(AccessRules.NONE);
    }

    /** Whether everybody may do everything without saying who they are. */
    public boolean isNobodyAsked() {
        return isNobodyAsked;
    }

    /** Somebody who may do everything. */
    public SecurityIdentity system(String name) {
        return KeyMechanism.identity(SYSTEM + name, Roles.ALL);
    }
}

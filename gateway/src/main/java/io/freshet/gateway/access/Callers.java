package io.freshet.gateway.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

import java.time.Clock;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Who sent the request that is being served. */
@Singleton
public final class Callers {
    /** No key's name has a colon. */
    private static final String OF_ISSUER = "oidc:";

    private static final String SYSTEM = "system:";

    private final SecurityIdentity identity;
    private final AccessRules rules;
    private final Clock clock;
    private final boolean ownOnly;

    /** @param identity that of the current request, whichever it is */
    Callers(SecurityIdentity identity, AccessRules rules, Clock clock, AccessConfig config) {
        this.rules = rules;
        this.identity = identity;
        this.clock = clock;
        this.ownOnly = config.scope() == AccessConfig.Scope.OWN;
    }

    /** Call at the beginning of a resource's method, before anything is waited for. */
    public Caller current() {
        if (rules.isNobodyAsked() && !isNamed()) {
            return Caller.ANYBODY;
        }
        if (!isNamed()) {
            throw new AuthenticationFailedException("The request has no principal");
        }
        return new Caller(name(), identity.getRoles(), ownOnly);
    }

    /**
     * Tells, even after the request is over, whether its credential is still valid, so that long streams end when it is
     * not. Call as {@link #current()}.
     */
    public BooleanSupplier standing() {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            long expires = token.getExpirationTime();
            return () -> clock.instant().getEpochSecond() < expires;
        }
        BooleanSupplier known = identity.getAttribute(Credentials.STANDING);
        return known == null ? () -> true : known;
    }

    /** An identity that may do everything, for a part of the gateway that has credentials of its own. */
    public static SecurityIdentity system(String name) {
        return identity(SYSTEM + name, Roles.ALL);
    }

    static SecurityIdentity identity(String name, Set<String> roles) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(roles)
                .build();
    }

    private boolean isNamed() {
        String name = identity.getPrincipal().getName();
        return name != null && !name.isEmpty();
    }

    /** Principals of different origin never share a name. */
    private String name() {
        String name = identity.getPrincipal().getName();
        return identity.getPrincipal() instanceof JsonWebToken ? OF_ISSUER + name : name;
    }
}

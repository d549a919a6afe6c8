package io.freshet.gateway.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

import java.time.Clock;
import java.util.function.BooleanSupplier;

/** Who sends the request that is being served. */
@Singleton
public final class Callers {
    /** No key's name has a colon. */
    private static final String OF_ISSUER = "oidc:";

    private final SecurityIdentity identity;
    private final Principals principals;
    private final Clock clock;
    private final boolean ownOnly;

    /** @param identity of each request its own */
    Callers(SecurityIdentity identity, Principals principals, Clock clock, AccessConfig config) {
        this.principals = principals;
        this.identity = identity;
        this.clock = clock;
        this.ownOnly = config.scope() == AccessConfig.Scope.OWN;
    }

    /** To be asked at the beginning of a resource's method, before anything is waited for. */
    public Caller current() {
        if (principals.isNobodyAsked() && !isNamed()) {
            return Caller.ANYBODY;
        }
        if (!isNamed()) {
            throw new AuthenticationFailedException("There is nobody whose jobs these could be");
        }
        return new Caller(name(), identity.getRoles(), ownOnly);
    }

    /**
     * Tells, also when the request is over, whether what it came in with would still be let in: what goes on for long ends
     * when it would not. To be asked as {@link #current()}.
     */
    public BooleanSupplier standing() {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            long expires = token.getExpirationTime();
            return () -> clock.instant().getEpochSecond() < expires;
        }
        BooleanSupplier known = identity.getAttribute(Credentials.STANDING);
        return known == null ? () -> true : known;
    }

    private boolean isNamed() {
        String name = identity.getPrincipal().getName();
        return name != null && !name.isEmpty();
    }

    /** Two principals never have one name, whoever knows them. */
    private String name() {
        String name = identity.getPrincipal().getName();
        return identity.getPrincipal() instanceof JsonWebToken ? OF_ISSUER + name : name;
    }
}

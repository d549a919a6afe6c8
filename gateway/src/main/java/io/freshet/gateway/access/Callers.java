package io.freshet.gateway.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who sends the request that is being served. */
@Singleton
public final class Callers {
    private static final String OWN = "own";
    /** No key's name has a colon. */
    private static final String OF_ISSUER = "oidc:";

    private final SecurityIdentity identity;
    private final Principals principals;
    private final boolean ownOnly;

    /** @param identity of each request its own */
    Callers(SecurityIdentity identity, Principals principals, AccessConfig config) {
        this.principals = principals;
        this.identity = identity;
        this.ownOnly = config.scope().equalsIgnoreCase(OWN);
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

package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.Principals;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Whoever brings the system key may do everything here, as in the original, and nothing elsewhere. Where the key is the
 * only thing that is asked for, there is no way around it.
 */
@Singleton
final class SystemKeyMechanism implements HttpAuthenticationMechanism {
    private static final int BEFORE_ALL = DEFAULT_PRIORITY + 2;

    private final SystemKey key;
    private final Principals principals;

    SystemKeyMechanism(SystemKey key, Principals principals) {
        this.key = key;
        this.principals = principals;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        HttpServerRequest request = context.request();
        String path = request.path();
        if (!key.isSet() || path == null || !DurableRoute.isOurs(path)) {
            return Uni.createFrom().nullItem();
        }
        if (key.isBroughtBy(request)) {
            return Uni.createFrom().item(principals.system("durabletask"));
        }
        return key.isTriedBy(request) || principals.isNobodyAsked()
                ? Uni.createFrom().failure(new AuthenticationFailedException())
                : Uni.createFrom().nullItem();
    }

    /** Refusals have a form of their own. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public int getPriority() {
        return BEFORE_ALL;
    }
}

package io.freshet.gateway.orchestrations;

import io.freshet.gateway.access.AccessRules;
import io.freshet.gateway.access.Callers;
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
 * Whoever has the system key may do everything here, as in the original, and nothing elsewhere. If it is the only credential
 * that is configured, there is no way around it.
 */
@Singleton
final class SystemKeyMechanism implements HttpAuthenticationMechanism {
    private static final int BEFORE_ALL = DEFAULT_PRIORITY + 2;

    private final SystemKey key;
    private final AccessRules rules;

    SystemKeyMechanism(SystemKey key, AccessRules rules) {
        this.key = key;
        this.rules = rules;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        HttpServerRequest request = context.request();
        String path = request.path();
        if (!key.isSet() || path == null || !DurableRoute.isOurs(path)) {
            return Uni.createFrom().nullItem();
        }
        if (key.isSentIn(request)) {
            return Uni.createFrom().item(Callers.system("durabletask"));
        }
        return key.isAttemptedBy(request) || rules.isNobodyAsked()
                ? Uni.createFrom().failure(new AuthenticationFailedException())
                : Uni.createFrom().nullItem();
    }

    /** Refusals are answered elsewhere, in a form of their own. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public int getPriority() {
        return BEFORE_ALL;
    }
}

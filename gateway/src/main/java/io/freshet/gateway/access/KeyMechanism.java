package io.freshet.gateway.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Knows callers by their key; lets everybody do everything if callers are not authenticated. */
@Singleton
final class KeyMechanism implements HttpAuthenticationMechanism {
    private static final String NOBODY = "";

    private final List<String> modes;
    private final Keys keys;

    KeyMechanism(AccessConfig config, Keys keys) {
        this.modes = AccessRules.modes(config.modes());
        this.keys = keys;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        if (modes.contains(AccessRules.NONE)) {
            return Uni.createFrom().item(Callers.identity(NOBODY, Roles.ALL));
        }
        List<String> sent = context.request().headers().getAll(Credentials.KEY_HEADER);
        if (sent.isEmpty() || !modes.contains(AccessRules.KEY)) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom()
                .item(() -> keys.find(sent.getFirst())
                        .filter(entry -> sent.size() == 1)
                        .map(this::identity)
                        .orElseThrow(AuthenticationFailedException::new));
    }

    private SecurityIdentity identity(KeyEntry entry) {
        return QuarkusSecurityIdentity.builder(Callers.identity(entry.name(), entry.roles()))
                .addAttribute(Credentials.STANDING, (BooleanSupplier) () -> keys.has(entry))
                .build();
    }

    /** Refusals are answered by {@link AccessMappers}. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }
}

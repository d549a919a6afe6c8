package io.freshet.gateway.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Set;

/** Lets in downloads that have a ticket. */
@Singleton
final class TicketMechanism implements HttpAuthenticationMechanism {
    private static final int BEFORE_KEYS = DEFAULT_PRIORITY + 1;

    private final Tickets tickets;
    private final boolean isNeeded;

    TicketMechanism(Tickets tickets, AccessConfig config) {
        this.tickets = tickets;
        this.isNeeded = !AccessRules.modes(config.modes()).contains(AccessRules.NONE);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        HttpServerRequest request = context.request();
        String path = request.path();
        boolean isDownload =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        List<String> sent = isDownload && isNeeded && Credentials.bringsTicket(request)
                ? request.params().getAll(Credentials.TICKET)
                : List.of();
        if (sent.isEmpty() || path == null || !TicketsResource.isDownload(path)) {
            return Uni.createFrom().nullItem();
        }
        return tickets.holder(path, sent.getFirst())
                .map(holder -> holder.map(TicketMechanism::identity).orElseThrow(AuthenticationFailedException::new));
    }

    /** It may read, and no more, whatever else its holder may do. */
    private static SecurityIdentity identity(Tickets.Holder holder) {
        return Callers.identity(holder.name(), Set.of(holder.isAdmin() ? Roles.ADMIN : Roles.READ));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public int getPriority() {
        return BEFORE_KEYS;
    }
}

package io.freshet.gateway.access;

import io.vertx.core.http.HttpServerRequest;

/** What a request carries to say who sends it. */
final class Credentials {
    static final String KEY_HEADER = "X-Freshet-Key";
    static final String TICKET = TicketsResource.PARAMETER;
    /** Attribute of an identity: a BooleanSupplier that tells whether its credential is still valid. */
    static final String STANDING = "freshet.standing";

    private static final String AUTHORIZATION = "Authorization";

    private Credentials() {}

    /** Which kind of credential a request has, for metrics: one of a few words. */
    static String kind(HttpServerRequest request) {
        if (request.headers().contains(KEY_HEADER)) {
            return AccessRules.KEY;
        }
        if (request.headers().contains(AUTHORIZATION)) {
            return AccessRules.OIDC;
        }
        return bringsTicket(request) ? TICKET : AccessRules.NONE;
    }

    static boolean bringsTicket(HttpServerRequest request) {
        String query = request.query();
        return query != null && (query.startsWith(TICKET + "=") || query.contains("&" + TICKET + "="));
    }
}

package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.gateway.http.HttpConfig;
import io.freshet.instance.InstanceId;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;

/**
 * Where clients find an instance. Links begin with the public address, or with what a trusted proxy says, else with the
 * address that the request came to: never with what the client itself wrote into the request.
 */
@Singleton
final class Links {
    private static final String HUB = "taskHub=FreshetHub&connection=Storage";

    private final OrchestrationsConfig config;
    private final HttpConfig http;
    private final SystemKey key;

    Links(OrchestrationsConfig config, HttpConfig http, SystemKey key) {
        this.config = config;
        this.http = http;
        this.key = key;
    }

    /**
     * Where a client comes from.
     *
     * @param base beginning of all links, without a slash at its end
     * @param access query of all links: with the system key for those alone who have brought it
     */
    record Origin(String base, String access) {}

    Origin origin(HttpServerRequest request) {
        return new Origin(base(request), key.isBroughtBy(request) ? HUB + "&code=" + Percent.encode(key.text()) : HUB);
    }

    private String base(HttpServerRequest request) {
        if (config.publicUrl().isPresent()) {
            return config.publicUrl().get().toString().replaceFirst("/+$", "");
        }
        if (http.behindProxy() && isForwarded(request)) {
            HostAndPort authority = request.authority();
            if (authority != null) {
                return request.scheme() + "://" + authority;
            }
        }
        SocketAddress here = request.localAddress();
        String host = here.hostAddress() == null ? here.host() : here.hostAddress();
        return request.scheme() + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + here.port();
    }

    /** Whether a proxy that is trusted says what the client has asked for; else the authority is the client's word. */
    private static boolean isForwarded(HttpServerRequest request) {
        boolean trusted = "true".equals(request.getHeader("X-Forwarded-Trusted-Proxy"));
        return trusted
                && (request.headers().contains("X-Forwarded-Host")
                        || request.headers().contains("Forwarded"));
    }

    /**
     * Where the status of an instance is.
     *
     * @param failAs500 whether a failed one is to be answered with 500
     */
    String status(Origin origin, InstanceId id, boolean failAs500) {
        return instance(origin.base(), id) + "?" + origin.access()
                + (failAs500 ? "&returnInternalServerErrorOnFailure=true" : "");
    }

    /** All nine of them. */
    ObjectNode all(Origin origin, InstanceId id, boolean failAs500) {
        String instance = instance(origin.base(), id);
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id.text())
                .put("statusQueryGetUri", status(origin, id, failAs500))
                .put("sendEventPostUri", instance + "/raiseEvent/{eventName}?" + origin.access())
                .put("terminatePostUri", withReason(origin, instance, "terminate"))
                .put("rewindPostUri", withReason(origin, instance, "rewind"))
                .put("purgeHistoryDeleteUri", instance + "?" + origin.access())
                .put("restartPostUri", instance + "/restart?" + origin.access())
                .put("suspendPostUri", withReason(origin, instance, "suspend"))
                .put("resumePostUri", withReason(origin, instance, "resume"));
    }

    private static String withReason(Origin origin, String instance, String operation) {
        return instance + "/" + operation + "?reason={text}&" + origin.access();
    }

    private static String instance(String base, InstanceId id) {
        return base + DurableRoute.BASE + "/instances/" + Percent.encode(id.text());
    }
}

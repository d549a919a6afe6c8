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
 * Where clients find an instance. Links start with the public address, or with what a trusted proxy says, or else with the
 * address that received the request; never with what the client itself wrote into the request.
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
     * @param base what all links start with, without a slash at its end
     * @param access query of all links: it has the system key only if the request had it
     */
    record Origin(String base, String access) {}

    Origin origin(HttpServerRequest request) {
        return new Origin(base(request), key.isSentIn(request) ? HUB + "&code=" + Percent.encode(key.text()) : HUB);
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

    /** Whether a trusted proxy says what the client requested; otherwise the authority is merely what the client claims. */
    private static boolean isForwarded(HttpServerRequest request) {
        boolean trusted = "true".equals(request.getHeader("X-Forwarded-Trusted-Proxy"));
        return trusted
                && (request.headers().contains("X-Forwarded-Host")
                        || request.headers().contains("Forwarded"));
    }

    /**
     * Where the status of an instance is.
     *
     * @param failAs500 whether 500 is the answer for a failed one
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

package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    Links(OrchestrationsConfig config) {
        this.config = config;
    }

    /** Beginning of all links, without a slash at its end. */
    String base(HttpServerRequest request) {
        if (config.publicUrl().isPresent()) {
            return config.publicUrl().get().replaceFirst("/+$", "");
        }
        if (config.behindProxy() && isForwarded(request)) {
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
    String status(String base, InstanceId id, boolean failAs500) {
        return instance(base, id) + "?" + access() + (failAs500 ? "&returnInternalServerErrorOnFailure=true" : "");
    }

    /** All nine of them. */
    ObjectNode all(String base, InstanceId id, boolean failAs500) {
        String instance = instance(base, id);
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id.text())
                .put("statusQueryGetUri", status(base, id, failAs500))
                .put("sendEventPostUri", instance + "/raiseEvent/{eventName}?" + access())
                .put("terminatePostUri", withReason(instance, "terminate"))
                .put("rewindPostUri", withReason(instance, "rewind"))
                .put("purgeHistoryDeleteUri", instance + "?" + access())
                .put("restartPostUri", instance + "/restart?" + access())
                .put("suspendPostUri", withReason(instance, "suspend"))
                .put("resumePostUri", withReason(instance, "resume"));
    }

    private String withReason(String instance, String operation) {
        return instance + "/" + operation + "?reason={text}&" + access();
    }

    private static String instance(String base, InstanceId id) {
        return base + DurableRoute.BASE + "/instances/" + Percent.encode(id.text());
    }

    private String access() {
        return config.key().map(key -> HUB + "&code=" + Percent.encode(key)).orElse(HUB);
    }
}

package io.freshet.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;

import java.time.Duration;

/** A client of the orchestrations API. */
final class Instances {
    private static final String BASE = "/runtime/webhooks/durabletask/instances/";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Jobs gateway;

    Instances(Jobs gateway) {
        this.gateway = gateway;
    }

    /** Starts the orchestration that is built in; gives the id. */
    String started(String query, String body) {
        return started("ComputeOrchestrator", query, body);
    }

    String started(String orchestration, String query, String body) {
        return gateway.start("/api/orchestrators/" + orchestration + query, body)
                .path("id")
                .asText();
    }

    /** @param payload JSON */
    void raise(String id, String event, String payload) {
        gateway.start(BASE + id + "/raiseEvent/" + event, payload);
    }

    void terminate(String id) {
        gateway.start(BASE + id + "/terminate?reason=enough", "");
    }

    /** Waits for the end of an instance; gives its status then. */
    JsonNode finished(String id) {
        Awaitility.await("the end of " + id).atMost(LIMIT).until(() -> !isUnderWay(status(id)));
        return status(id);
    }

    JsonNode status(String id) {
        return gateway.document(BASE + id);
    }

    static boolean isUnderWay(JsonNode status) {
        String is = status.path("runtimeStatus").asText();
        return is.equals("Pending") || is.equals("Running");
    }
}

package io.freshet.harness.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.Wait;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** A client of the Orchestrations API. */
public final class Instances {
    private static final String BASE = "/runtime/webhooks/durabletask/instances/";
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Set<String> UNDER_WAY = Set.of("Pending", "Running");
    private static final Set<String> UNFINISHED = Set.of("Pending", "Running", "Suspended");

    private final Gateway gateway;

    public Instances(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Starts the orchestration that is built in; gives the id. */
    public String started(String query, String body) {
        return started("ComputeOrchestrator", query, body);
    }

    public String started(String orchestration, String query, String body) {
        return gateway.post("/api/orchestrators/" + orchestration + query, body, 202)
                .path("id")
                .asText();
    }

    /** @param payload JSON */
    public void raise(String id, String event, String payload) {
        gateway.post(BASE + id + "/raiseEvent/" + event, payload, 202);
    }

    public void terminate(String id) {
        gateway.post(BASE + id + "/terminate?reason=enough", "", 202);
    }

    /** Waits for the end of an instance; gives its status then. */
    public JsonNode finished(String id) {
        Wait.until("instance " + id + " has ended", LIMIT, () -> !isUnderWay(status(id)));
        return status(id);
    }

    /** Shows the status of an instance while it is under way, and its last one; gives that. */
    public static JsonNode follow(Gateway gateway, String statusQueryGetUri, Consumer<JsonNode> look) {
        while (true) {
            JsonNode status = gateway.success(statusQueryGetUri);
            look.accept(status);
            if (!isUnfinished(status)) {
                return status;
            }
            Wait.pause(POLL);
        }
    }

    public JsonNode status(String id) {
        return gateway.document(BASE + id);
    }

    public static boolean isUnderWay(JsonNode status) {
        return UNDER_WAY.contains(status.path("runtimeStatus").asText());
    }

    /** Whether there is still something to come of it. */
    public static boolean isUnfinished(JsonNode status) {
        return UNFINISHED.contains(status.path("runtimeStatus").asText());
    }
}

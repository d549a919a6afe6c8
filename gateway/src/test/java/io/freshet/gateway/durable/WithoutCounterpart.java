package io.freshet.gateway.durable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines of the recording that speak of what there is not here, each with the reason. */
final class WithoutCounterpart {
    static final int COUNT = 24;
    static final Map<String, String> CASES = new HashMap<>();

    static {
        put(
                "an orchestration starts no other instances",
                List.of(
                        "status-parent",
                        "status-parent-waiting",
                        "status-child-waiting",
                        "terminate-parent",
                        "terminate-parent-then-child",
                        "purge-parent",
                        "purge-parent-then-child",
                        "purge-filter-parent"));
        put("an orchestration does not begin anew under its id", List.of("status-can-running", "status-can-completed"));
        put(
                "there are no entities",
                List.of("entity-signal", "entity-get", "entity-list", "entity-instance-status", "purge-entity-id"));
        put(
                "there is one hub, in one account",
                List.of(
                        "start-taskhub-other",
                        "start-unknown-in-other-hub-then-status",
                        "start-taskhub-bad",
                        "start-connection-unknown",
                        "status-other-hub",
                        "status-connection-unknown"));
        put(
                "an unfinished instance always keeps its id",
                List.of("anystate-start-running", "anystate-start-running-then-status", "anystate-restart-same-id"));
    }

    private WithoutCounterpart() {}

    private static void put(String reason, List<String> cases) {
        cases.forEach(name -> CASES.put(name, reason));
    }
}

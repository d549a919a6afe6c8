package io.freshet.instance;

/** The words in which clients of Durable Functions read of a failure. */
final class Failures {
    private Failures() {}

    static String ofOrchestration(String name, String reason) {
        return "Orchestrator function '" + name + "' failed: " + reason;
    }

    static String ofFunction(String name, String function, String reason) {
        return ofOrchestration(
                name,
                "The activity function '" + function + "' failed: \"" + reason
                        + "\". See the function execution logs for additional details.");
    }
}

package io.freshet.watcher.kubejob;

import io.freshet.watcher.reconcile.BurstOrder;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of a worker in a Job: the watcher's own settings, and what to work on. */
@Singleton
final class PodVariables {
    /** Names of containers and queues, with their prefix. */
    private static final Map<String, String> NAMES = Map.of(
            "CONTAINER", "freshet.storage.container",
            "INPUTSTORAGECONTAINERNAME", "freshet.storage.input-container",
            "OUTPUTSTORAGECONTAINERNAME", "freshet.storage.output-container",
            "WORKQUEUE", "freshet.queues.work",
            "PRIORITYQUEUE", "freshet.queues.priority",
            "INPUTQUEUE", "freshet.queues.input",
            "EVENTSQUEUE", "freshet.queues.events",
            "CONTROLQUEUE", "freshet.queues.control");

    /** Settings of workers that are passed on if the watcher has them; none is a secret. */
    private static final List<String> HANDED_ON = List.of(
            "DEBUGLOG",
            "EXEC_COMMAND",
            "EXEC_ENV",
            "EXEC_KILL_AFTER",
            "EXEC_TIMEOUT",
            "FRESHET_EVENTS",
            "FRESHET_GRACE",
            "INPUTCONTAINERS",
            "INPUTHOSTS",
            "MAXDEQUEUECOUNT",
            "MAXLINEBYTES",
            "OTEL_EXPORTER_OTLP_ENDPOINT");

    private static final List<String> ACCOUNT = List.of("STORAGEACCOUNT", "STORAGESUFFIX");

    private final Config config;

    PodVariables(Config config) {
        this.config = config;
    }

    /** In a fixed order, so that the same order results in the same Job. */
    Map<String, String> of(BurstOrder order, Credential credential, int concurrency) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("FRESHET_WORKER_MODE", "drain");
        variables.put("FRESHET_RUN_ID", order.run().toString());
        variables.put("WORKER_CONCURRENCY", Integer.toString(concurrency));
        // nobody calls it, and several may share an address
        variables.put("QUARKUS_HTTP_PORT", "0");
        variables.put("QUARKUS_MANAGEMENT_PORT", "0");
        NAMES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(name -> put(variables, name.getKey(), name.getValue()));
        HANDED_ON.forEach(name -> put(variables, name, name));
        if (credential == Credential.IDENTITY) {
            ACCOUNT.forEach(name -> put(variables, name, name));
        }
        return variables;
    }

    private void put(Map<String, String> variables, String variable, String property) {
        config.getOptionalValue(property, String.class).ifPresent(value -> variables.put(variable, value));
    }
}

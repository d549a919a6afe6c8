package io.freshet.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.harness.storage.Azurite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A release of the chart in a namespace of its own, which goes with it. */
final class Release implements AutoCloseable {
    private static final String CHART = "kubernetes/chart";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is waited for in minutes otherwise, and what a storage emulator needs: no Event Grid, any port. */
    private static final Map<String, Object> VALUES = Map.of(
            "scale", Map.of("pollingInterval", 1, "cooldownPeriod", 5, "maxReplicaCount", 3),
            "networkPolicy", Map.of("egress", List.of(Map.of())),
            "gracePeriodSeconds", 3);

    private final Cluster cluster = Cluster.get();
    private final String namespace;
    private final String name;
    private final String storagePrefix;
    private String connectionString = Storage.get().connectionString();
    private final Map<String, Object> settings = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>(VALUES);

    private Release(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
        this.storagePrefix = Azurite.uniqueName("e2e") + "-";
        set("AUTH", "none");
        set("FRESHET_EVENTS", "direct");
        set("RECONCILEINTERVAL", "PT2S");
        // as many workers as the chart is told to allow, by either trigger
        set("MAXPARALLELISM", 3);
        // only where a test is about them
        set("ACICOMPLETIONSTRIGGER", 0);
        set("QUEUEPREFIX", storagePrefix);
        set("CONTAINER", container());
    }

    /** Not installed yet. */
    static Release named(String name) {
        return new Release(Azurite.uniqueName("e2e"), name);
    }

    /** Jobs of six parts and more burst, onto four pods at most, and are back soon when those do not come. */
    Release bursting() {
        return set("ACICOMPLETIONSTRIGGER", 6).set("ACIMAXPARALLELISM", 4).set("BURSTSTARTTIMEOUT", "PT10S");
    }

    /** A variable of the README's table. */
    Release set(String variable, Object value) {
        settings.put(variable, value);
        return this;
    }

    /** What its pods are told instead of the connection string of {@link Storage}. */
    Release storage(String connectionString) {
        this.connectionString = connectionString;
        return this;
    }

    /** A value of the chart other than its settings. */
    Release with(String value, Object content) {
        values.put(value, content);
        return this;
    }

    /** Another one in the same namespace, with storage of its own. */
    Release beside(String neighbour) {
        return new Release(namespace, neighbour);
    }

    /** Returns when all is ready. */
    Release install() {
        cluster.createNamespace(namespace);
        Freshet.createSecret(namespace, connectionString);
        installAgain();
        return this;
    }

    /** After it was uninstalled: the namespace is still there, with what is not the release's. */
    void installAgain() {
        helm("install");
    }

    /** Puts what was set since into effect; returns when all is ready. */
    void upgrade() {
        helm("upgrade");
    }

    void rollback() {
        cluster.helm("rollback", name, "--namespace", namespace, "--wait", "--timeout", "3m");
    }

    /** What `helm test` prints. */
    String test() {
        return cluster.helm("test", name, "--namespace", namespace, "--timeout", "3m");
    }

    /** What comes of a `helm test` that finds something. */
    Command.Outcome tryTest() {
        return cluster.tryHelm("test", name, "--namespace", namespace, "--timeout", "3m");
    }

    String uninstall() {
        return cluster.helm("uninstall", name, "--namespace", namespace, "--wait", "--timeout", "3m");
    }

    private void helm(String command) {
        cluster.helm(
                command, name, CHART, "--namespace", namespace, "--values", valuesFile(), "--wait", "--timeout", "3m");
    }

    private String valuesFile() {
        try {
            Path file = Files.createTempFile(Path.of("target"), "values", ".json");
            with("settings", settings);
            Files.writeString(file, JSON.writeValueAsString(values));
            return file.toAbsolutePath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Freshet freshet() {
        return new Freshet(namespace, name);
    }

    String namespace() {
        return namespace;
    }

    /** Where its runs are kept. */
    String container() {
        return storagePrefix + "jobs";
    }

    /** Before the names of all its queues. */
    String queuePrefix() {
        return storagePrefix;
    }

    /** Namespaced objects that have the release's label, by kind and name. */
    String objects() {
        String kinds = "deployment,replicaset,pod,job,service,configmap,secret,serviceaccount,role,rolebinding,"
                + "poddisruptionbudget,networkpolicy,scaledobject,triggerauthentication,horizontalpodautoscaler";
        return cluster.kubectl(
                        "get",
                        kinds,
                        "--namespace",
                        namespace,
                        "--selector",
                        "app.kubernetes.io/instance=" + name,
                        "--output",
                        "name")
                .lines()
                .filter(line -> line.contains("/"))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        cluster.tryHelm("uninstall", name, "--namespace", namespace, "--wait");
        cluster.deleteNamespace(namespace);
    }
}

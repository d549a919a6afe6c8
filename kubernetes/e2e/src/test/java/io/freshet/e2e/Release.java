package io.freshet.e2e;

import io.freshet.harness.cluster.ChartRelease;
import io.freshet.harness.process.Foreground.Outcome;
import io.freshet.harness.storage.Azurite;

import java.util.Map;
import java.util.stream.Collectors;

/** A release of the chart for a test, with storage names of its own, in a namespace of its own, which goes with it. */
final class Release implements AutoCloseable {
    private final String storagePrefix = Azurite.uniqueName("e2e") + "-";
    private final ChartRelease chart;
    private String connectionString = Storage.get().connectionString();

    private Release(String namespace, String name) {
        chart = new ChartRelease(Cluster.get().programs(), namespace, name);
        // what is waited for in minutes otherwise
        with("scale", Map.of("pollingInterval", 1, "cooldownPeriod", 5, "maxReplicaCount", 3));
        with("gracePeriodSeconds", 3);
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
        chart.set(variable, value);
        return this;
    }

    /** What its pods are told instead of the connection string of {@link Storage}. */
    Release storage(String connectionString) {
        this.connectionString = connectionString;
        return this;
    }

    /** A value of the chart other than its settings. */
    Release with(String value, Object content) {
        chart.with(value, content);
        return this;
    }

    /** Another one in the same namespace, with storage of its own. */
    Release beside(String neighbour) {
        return new Release(namespace(), neighbour);
    }

    /** Returns when all is ready. */
    Release install() {
        chart.createNamespace(connectionString);
        installAgain();
        return this;
    }

    /** After it was uninstalled: the namespace is still there, with what is not the release's. */
    void installAgain() {
        chart.install();
    }

    /** Puts what was set since into effect; returns when all is ready. */
    void upgrade() {
        chart.upgrade();
    }

    void rollback() {
        chart.rollback();
    }

    /** What `helm test` comes to. */
    Outcome test() {
        return chart.test();
    }

    void uninstall() {
        chart.uninstall();
    }

    Freshet freshet() {
        return new Freshet(namespace(), chart.name());
    }

    String namespace() {
        return chart.namespace();
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
        return chart.kubectl(
                        "get", kinds, "--selector", "app.kubernetes.io/instance=" + chart.name(), "--output", "name")
                .lines()
                .filter(line -> line.contains("/"))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        chart.remove();
    }
}

package io.freshet.harness.command;

import io.freshet.harness.cluster.ChartRelease;
import io.freshet.harness.cluster.ClusterPrograms;
import io.freshet.harness.process.Child;
import io.freshet.harness.process.Launch;
import io.freshet.harness.process.Ports;
import io.freshet.harness.service.Service;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A release for one command, in a namespace of its own, which goes with it. */
final class Release {
    private static final String NAME = "freshet";
    /** Each as heavy as a process here, where the cluster is one of this machine. */
    private static final long DEFAULT_PODS = 4;

    private static final Duration START = Duration.ofMinutes(1);
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Context context;
    private final ChartRelease chart;
    private final AtomicBoolean removed = new AtomicBoolean();

    Release(Context context) {
        this.context = context;
        String namespace = "freshet-demo-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();
        this.chart = new ChartRelease(new ClusterPrograms(context.root()), namespace, NAME);
    }

    ChartRelease chart() {
        return chart;
    }

    /** @param values of the chart, as {@code --set} takes them */
    void install(String connection, List<String> values) {
        long pods = context.settings().number("WORKERS", 1, 100).orElse(DEFAULT_PODS);
        chart.set("ACIMAXPARALLELISM", pods)
                .with(List.of("scale.maxReplicaCount=" + pods))
                .with(values)
                // what the images are called there, for instance
                .with(context.settings()
                        .text("KUBE_VALUES")
                        .map(asked -> List.of(asked.split(" ", -1)))
                        .orElse(List.of()));
        chart.createNamespace(connection);
        chart.install();
    }

    /** A second time does nothing. */
    void remove() {
        if (!removed.getAndSet(true)) {
            chart.remove();
        }
    }

    /** The URL of the gateway, by a port of this machine. */
    String gateway() {
        return forwarded("service/" + NAME + "-gateway", 8080, "/jobs?limit=1");
    }

    /** The URL of what the watcher serves to probes and for metrics, by a port of this machine. */
    String watcherManagement() {
        return forwarded("deployment/" + NAME + "-watcher", 9000, "/q/health/ready");
    }

    private String forwarded(String object, int port, String ready) {
        int local = Ports.free();
        List<String> command =
                List.of("kubectl", "port-forward", "--namespace", chart.namespace(), object, local + ":" + port);
        Path log = context.directory().resolve("port-forward-" + local + ".log");
        Child forward = Child.start(new Launch("port-forward", command, log).in(context.root()));
        context.atTheEnd(forward::stop);
        String url = "http://127.0.0.1:" + local;
        forward.awaitReady(() -> Service.answers(URI.create(url + ready)), START);
        return url;
    }

    /** Ends the workers at once; says whom before. */
    void killWorker(Consumer<String> told) {
        told.accept("the pods that work");
        Thread.ofVirtual()
                .start(() -> chart.kubectl(
                        "delete",
                        "pod",
                        "--selector",
                        "app.kubernetes.io/component in (worker,burst)",
                        "--grace-period=0",
                        "--force"));
    }
}

package io.freshet.harness.command;

import io.freshet.harness.Failure;
import io.freshet.harness.process.Child;
import io.freshet.harness.process.Foreground;
import io.freshet.harness.process.Launch;
import io.freshet.harness.service.Service;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A release of the chart on the cluster that KUBECONFIG names, in a namespace of its own, which goes with it. */
final class Release {
    private static final String NAME = "freshet";
    private static final String SECRET = "azure-connection-strings";
    /** Each as heavy as a process here, where the cluster is one of this machine. */
    private static final long DEFAULT_PODS = 4;

    private static final Duration START = Duration.ofMinutes(1);
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Context context;
    private final String namespace = "freshet-demo-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();

    private final AtomicBoolean removed = new AtomicBoolean();

    Release(Context context) {
        this.context = context;
    }

    String namespace() {
        return namespace;
    }

    void install(String connection, List<String> more) {
        kubectl("create", "namespace", namespace);
        kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        namespaced(
                "create",
                "secret",
                "generic",
                SECRET,
                "--from-literal=storage-account-connection-string=" + connection);
        long pods = context.settings().number("WORKERS", 1, 100).orElse(DEFAULT_PODS);
        List<String> values = new ArrayList<>(List.of(
                "settings.AUTH=none",
                "settings.FRESHET_EVENTS=direct",
                "settings.ACIMAXPARALLELISM=" + pods,
                "scale.maxReplicaCount=" + pods,
                "networkPolicy.egress[0].ports[0].protocol=TCP"));
        values.addAll(more);
        // what the images are called there, for instance
        context.settings().text("KUBE_VALUES").ifPresent(asked -> values.addAll(List.of(asked.split(" ", -1))));
        List<String> arguments = new ArrayList<>(List.of("install", NAME, "kubernetes/chart"));
        values.forEach(value -> arguments.addAll(List.of("--set", value)));
        arguments.addAll(List.of("--wait", "--timeout", "3m"));
        helm(arguments);
    }

    /** A second time does nothing. */
    void remove() {
        if (removed.getAndSet(true)) {
            return;
        }
        try {
            helm(List.of("uninstall", NAME, "--wait", "--timeout", "3m"));
        } catch (Failure nothingIsInstalled) {
            // what there is goes with the namespace
        }
        kubectl("delete", "namespace", namespace, "--ignore-not-found");
    }

    /** The URL of the gateway, by a port of this machine. */
    String gateway(int port) {
        List<String> command = List.of(
                "kubectl", "port-forward", "--namespace", namespace, "service/" + NAME + "-gateway", port + ":8080");
        Launch launch = new Launch("port-forward", command, context.directory().resolve("port-forward.log"));
        Child forward = Child.start(launch.in(context.root()));
        context.atTheEnd(forward::stop);
        String url = "http://127.0.0.1:" + port;
        forward.awaitReady(() -> Service.answers(URI.create(url + "/jobs?limit=1")), START);
        return url;
    }

    /** Ends the workers at once; says whom before. */
    void killWorker(Consumer<String> told) {
        told.accept("the pods that work");
        Thread.ofVirtual()
                .start(() -> namespaced(
                        "delete",
                        "pod",
                        "--selector",
                        "app.kubernetes.io/component in (worker,burst)",
                        "--grace-period=0",
                        "--force"));
    }

    /** What kubectl says of the namespace. */
    String namespaced(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--namespace", namespace));
        return kubectl(all.toArray(String[]::new));
    }

    private String kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        return program(command);
    }

    private void helm(List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(context.settings().text("HELM").orElse("helm")));
        command.addAll(arguments);
        command.addAll(List.of("--namespace", namespace));
        program(command);
    }

    /** Arguments may have a key in them: they are not shown. */
    private String program(List<String> command) {
        return Foreground.output(command, context.root(), command.getFirst() + " " + command.get(1));
    }
}

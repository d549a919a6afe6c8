package io.freshet.e2e;

import io.freshet.harness.process.Foreground;
import io.freshet.testing.Repository;

import java.util.List;
import java.util.stream.Stream;

/**
 * What happens to the machines of a cluster, by the program that {@code E2E_CLUSTER} names: it is called with {@code kill}
 * or {@code restart} and a component, or with {@code node}, a name and what the node is to be like.
 */
final class Machines {
    static final String PROGRAM = "E2E_CLUSTER";
    static final String MISSING = "E2E_CLUSTER names no program that ends and restarts parts of the cluster";

    private Machines() {}

    static boolean canBeOperated() {
        return !System.getenv().getOrDefault(PROGRAM, "").isEmpty();
    }

    /** Ended at once, and not started again. */
    static void kill(String component) {
        run("kill", component);
    }

    /** Returns when it answers again. */
    static void restart(String component) {
        run("restart", component, "--kill");
    }

    /** A virtual node that takes so many pods, and refuses others as a provider does whose quota is used up. */
    static void addVirtualNode(String name, int quota) {
        run(
                "node",
                name,
                "--quota",
                Integer.toString(quota),
                "--label",
                VirtualNodes.LABEL + "=" + VirtualNodes.KIND,
                "--taint",
                "virtual-kubelet.io/provider=azure:NoSchedule");
    }

    private static void run(String... arguments) {
        List<String> command = Stream.concat(Stream.of(System.getenv(PROGRAM)), Stream.of(arguments))
                .toList();
        Foreground.output(command, Repository.root(), String.join(" ", command));
    }
}

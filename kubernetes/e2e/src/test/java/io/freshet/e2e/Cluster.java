package io.freshet.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.freshet.harness.cluster.ClusterPrograms;
import io.freshet.harness.process.Foreground.Outcome;
import io.freshet.testing.Repository;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The cluster that {@code KUBECONFIG} names, with KEDA in it, by its API and by the programs that operators use. */
final class Cluster {
    private static final Cluster INSTANCE = new Cluster();

    private final KubernetesClient client;
    private final ClusterPrograms programs = new ClusterPrograms(Repository.root());

    private Cluster() {
        String file = System.getenv("KUBECONFIG");
        if (file == null) {
            throw new IllegalStateException(
                    "KUBECONFIG is not set: it names the cluster that these tests install into");
        }
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(new File(file)))
                .build();
    }

    static Cluster get() {
        return INSTANCE;
    }

    KubernetesClient client() {
        return client;
    }

    /** Runs in the root of the repository. */
    String kubectl(String... arguments) {
        return programs.kubectl(arguments);
    }

    /** What the API server says to objects that it is not to keep. */
    String dryRun(String manifests) {
        try {
            Path file = Files.createTempFile(Path.of("target"), "manifests", ".yaml")
                    .toAbsolutePath();
            Files.writeString(file, manifests);
            return kubectl("apply", "--dry-run=server", "--namespace", "default", "--filename", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String helm(String... arguments) {
        return programs.helm(arguments);
    }

    /** What comes of a command that may be refused. */
    Outcome tryHelm(String... arguments) {
        return programs.tryHelm(arguments);
    }

    ClusterPrograms programs() {
        return programs;
    }

    /** Returns when all that was in it is gone. */
    void deleteNamespace(String name) {
        client.namespaces().withName(name).delete();
        client.namespaces().withName(name).waitUntilCondition(gone -> gone == null, 2, TimeUnit.MINUTES);
    }
}

package io.freshet.e2e;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.freshet.testing.Repository;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The cluster that {@code KUBECONFIG} names, with KEDA in it, by its API and by the programs that operators use. */
final class Cluster {
    private static final Cluster INSTANCE = new Cluster();

    private final KubernetesClient client;
    private final Path root = Repository.root();

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
        return Command.run(root, command("kubectl", arguments));
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
        return Command.run(root, command(helmProgram(), arguments));
    }

    /** What comes of a command that may be refused. */
    Command.Outcome tryHelm(String... arguments) {
        return Command.attempt(root, command(helmProgram(), arguments));
    }

    /** A namespace that refuses what a hardened cluster refuses. */
    void createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    /** Returns when all that was in it is gone. */
    void deleteNamespace(String name) {
        client.namespaces().withName(name).delete();
        client.namespaces().withName(name).waitUntilCondition(gone -> gone == null, 2, TimeUnit.MINUTES);
    }

    private static String helmProgram() {
        return System.getenv().getOrDefault("HELM", "helm");
    }

    private static List<String> command(String program, String... arguments) {
        return Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
    }
}

package io.freshet.harness.cluster;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.freshet.harness.process.Foreground;
import io.freshet.harness.process.Foreground.Outcome;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The programs by which operators speak to the cluster that {@code KUBECONFIG} names.
 *
 * @param root of the checkout, in which they run
 */
public record ClusterPrograms(Path root) {
    private static final String SECRET = "azure-connection-strings";
    private static final String CONNECTION_STRING = "storage-account-connection-string";

    @CanIgnoreReturnValue
    public String kubectl(String... arguments) {
        return output("kubectl", arguments);
    }

    /** A namespace that refuses what a hardened cluster refuses. */
    public void createNamespace(String name) {
        create(
                "Namespace",
                Map.of("name", name, "labels", Map.of("pod-security.kubernetes.io/enforce", "restricted")),
                Map.of());
    }

    /** The connection string, where an operator puts it. */
    public void createSecret(String namespace, String connectionString) {
        create(
                "Secret",
                Map.of("name", SECRET, "namespace", namespace),
                Map.of("stringData", Map.of(CONNECTION_STRING, connectionString)));
    }

    private void create(String kind, Map<String, ?> metadata, Map<String, ?> content) {
        Map<String, Object> object = new HashMap<>(content);
        object.putAll(Map.of("apiVersion", "v1", "kind", kind, "metadata", metadata));
        PrivateFile.with(object, file -> kubectl("create", "--filename", file));
    }

    /** That on the PATH, or the one that {@code HELM} names. */
    @CanIgnoreReturnValue
    public String helm(String... arguments) {
        return output(helmProgram(), arguments);
    }

    /** What comes of a command that may be refused. */
    public Outcome tryHelm(String... arguments) {
        return Foreground.attempt(command(helmProgram(), arguments), root);
    }

    /** A failure does not show all arguments: they are long, and what is wrong is what the program says. */
    private String output(String program, String... arguments) {
        return Foreground.output(command(program, arguments), root, program + " " + arguments[0]);
    }

    private static String helmProgram() {
        return System.getenv().getOrDefault("HELM", "helm");
    }

    private static List<String> command(String program, String... arguments) {
        return Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
    }
}

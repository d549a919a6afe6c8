package io.freshet.harness.cluster;

import io.freshet.harness.process.Foreground;
import io.freshet.harness.process.Foreground.Outcome;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs by which operators speak to the cluster that {@code KUBECONFIG} names.
 *
 * @param root of the checkout, in which they run
 */
public record ClusterPrograms(Path root) {
    public String kubectl(String... arguments) {
        return output("kubectl", arguments);
    }

    /** That on the PATH, or the one that {@code HELM} names. */
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

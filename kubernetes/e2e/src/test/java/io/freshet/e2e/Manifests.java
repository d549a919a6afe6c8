package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.freshet.testing.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files that operators are given. */
final class Manifests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Manifests() {}

    /** KEDA's objects, one a file. */
    static List<Path> keda() {
        return files("keda");
    }

    /** What is built by Kustomize. */
    static List<Path> kustomize() {
        return Stream.of("kubernetes/base", "kubernetes/overlays")
                .flatMap(directory -> files(directory).stream())
                .toList();
    }

    /** What is built by Helm. */
    static List<Path> templates() {
        return files("kubernetes/chart/templates");
    }

    /** The documents of a file. */
    static List<JsonNode> yaml(String path) {
        return Stream.of(Repository.read(path).split("(?m)^---$"))
                .map(document -> JSON.<JsonNode>valueToTree(Serialization.unmarshal(document, Map.class)))
                .toList();
    }

    /** From the root of the repository. */
    static String name(Path file) {
        return Repository.root().relativize(file).toString();
    }

    private static List<Path> files(String directory) {
        try (Stream<Path> files = Files.walk(Repository.root().resolve(directory))) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|tpl)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.freshet.e2e;

import io.freshet.testing.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every manifest is one that the API server takes, KEDA's by KEDA's own definitions. */
class ManifestsIT {
    private static final Cluster CLUSTER = Cluster.get();
    private static final String NAMESPACE = "freshet";

    @BeforeAll
    static void createNamespace() {
        CLUSTER.createNamespace(NAMESPACE);
    }

    @AfterAll
    static void deleteNamespace() {
        CLUSTER.deleteNamespace(NAMESPACE);
    }

    static Stream<String> files() {
        return Stream.concat(
                Stream.of("kubernetes/deployment.yaml", "kubernetes/deployment-rbac.yaml"),
                Manifests.keda().stream().map(Manifests::name));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theServerAcceptsEveryFile(String file) {
        assertThat(CLUSTER.kubectl("apply", "--dry-run=server", "--filename", file))
                .contains("(server dry run)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes/base",
                "kubernetes/overlays/aks",
                "kubernetes/overlays/local",
                "kubernetes/overlays/plain"
            })
    void theServerAcceptsEveryOverlay(String directory) {
        assertThat(CLUSTER.kubectl("apply", "--dry-run=server", "--kustomize", directory))
                .contains("(server dry run)");
    }

    @Test
    void theFilesWithoutKustomizeAreThoseOfTheBase() {
        assertThat(built("kubernetes/base")).isEqualTo(withoutHead("kubernetes/deployment-rbac.yaml"));
        assertThat(built("kubernetes/overlays/plain")).isEqualTo(withoutHead("kubernetes/deployment.yaml"));
    }

    private static String built(String directory) {
        return CLUSTER.kubectl("kustomize", directory);
    }

    private static String withoutHead(String file) {
        return Repository.read(file).replaceAll("(?m)\\A(#.*\n)+", "");
    }
}

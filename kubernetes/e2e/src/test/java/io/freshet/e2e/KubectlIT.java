package io.freshet.e2e;

import io.freshet.testing.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code kubectl} installs, in the namespace {@code freshet}. */
class KubectlIT {
    private static final String NAMESPACE = "freshet";
    private static final Calculations FEW = new Calculations(4);

    private final Cluster cluster = Cluster.get();
    private final Freshet freshet = new Freshet(NAMESPACE, "freshet");

    @AfterEach
    void remove() {
        cluster.deleteNamespace(NAMESPACE);
    }

    static Stream<String> files() {
        return Stream.concat(
                Stream.of("kubernetes/deployment.yaml", "kubernetes/deployment-rbac.yaml"),
                Manifests.keda().stream().map(Manifests::name));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theServerAcceptsEveryFile(String file) {
        cluster.createNamespace(NAMESPACE);

        assertThat(cluster.kubectl("apply", "--dry-run=server", "--filename", file))
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
        cluster.createNamespace(NAMESPACE);

        assertThat(cluster.kubectl("apply", "--dry-run=server", "--kustomize", directory))
                .contains("(server dry run)");
    }

    @Test
    void theKustomizationForAMachineOfOnesOwnComputesAJobFromZeroAndLeavesNothing() {
        cluster.kubectl("apply", "--kustomize", "kubernetes/overlays/local");
        Freshet.createSecret(NAMESPACE);
        cluster.kubectl(
                "apply", "--filename", "keda/azure-queue-auth-secret.yaml", "--filename", "keda/azure-queue.yaml");
        freshet.awaitReady();
        freshet.awaitNoWorker();

        try (Gateway gateway = freshet.gateway()) {
            String job = gateway.submit(FEW.lines(), "handler=calculator");
            freshet.awaitStatus(gateway, job, "Complete");

            assertThat(gateway.text("/jobs/" + job + "/results")).isEqualTo(FEW.results());

            gateway.delete("/jobs/" + job);
            Freshet.await("job " + job + " is deleted").until(() -> gateway.status("/jobs/" + job) == 404);
        }
        freshet.awaitNoWorker();
        cluster.kubectl(
                "delete", "--filename", "keda/azure-queue-auth-secret.yaml", "--filename", "keda/azure-queue.yaml");
        cluster.kubectl("delete", "--kustomize", "kubernetes/overlays/local");

        assertThat(cluster.client().namespaces().withName(NAMESPACE).get()).isNull();
    }

    @Test
    void theFilesWithoutKustomizeAreThoseOfTheBase() {
        assertThat(built("kubernetes/base")).isEqualTo(withoutHead("kubernetes/deployment-rbac.yaml"));
        assertThat(built("kubernetes/overlays/plain")).isEqualTo(withoutHead("kubernetes/deployment.yaml"));
    }

    private String built(String directory) {
        return cluster.kubectl("kustomize", directory);
    }

    private static String withoutHead(String file) {
        return Repository.read(file).replaceAll("(?m)\\A(#.*\n)+", "");
    }
}

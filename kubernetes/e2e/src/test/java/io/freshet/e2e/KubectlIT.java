package io.freshet.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    @Test
    void theKustomizationForAMachineOfOnesOwnComputesAJobFromZeroAndLeavesNothing() {
        cluster.kubectl("apply", "--kustomize", "kubernetes/overlays/local");
        cluster.programs().createSecret(NAMESPACE, Storage.get().connectionString());
        cluster.kubectl(
                "apply", "--filename", "keda/azure-queue-auth-secret.yaml", "--filename", "keda/azure-queue.yaml");
        freshet.awaitReady();
        freshet.awaitNoWorker();

        try (ClusterGateway gateway = freshet.gateway()) {
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
}

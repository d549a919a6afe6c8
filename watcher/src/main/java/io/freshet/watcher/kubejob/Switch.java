package io.freshet.watcher.kubejob;

import io.freshet.storage.StorageAccess;
import io.freshet.watcher.reconcile.BurstsConfig;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

import java.util.Optional;

/** Whether Jobs are created at all. A kubeconfig alone is not enough: it may point to a production cluster. */
@Singleton
final class Switch {
    private final JobsConfig jobs;
    private final BurstsConfig bursts;
    private final StorageAccess storage;
    private final boolean inCluster;

    Switch(JobsConfig jobs, BurstsConfig bursts, StorageAccess storage, Config environment) {
        this.jobs = jobs;
        this.bursts = bursts;
        this.storage = storage;
        this.inCluster = environment
                .getOptionalValue("KUBERNETES_SERVICE_HOST", String.class)
                .isPresent();
    }

    boolean isOff() {
        return switch (bursts.enabled()) {
            case ON -> false;
            case OFF -> true;
            case AUTO -> !inCluster;
        };
    }

    Optional<String> obstacle() {
        if (isOff()) {
            return Optional.of(inCluster ? "bursts are switched off (BURSTS=off)" : "there is no Kubernetes cluster");
        }
        return Credential.of(bursts.nodes().text(), jobs, storage) == Credential.NONE
                ? Optional.of("pods on virtual nodes " + bursts.nodes().text()
                        + " would have no access to storage: set STORAGEKEY, JOBSECRET"
                        + (bursts.nodes() == BurstsConfig.Nodes.V1 ? "" : " or JOBSERVICEACCOUNTNAME"))
                : Optional.empty();
    }
}

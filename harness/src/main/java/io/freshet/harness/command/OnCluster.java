package io.freshet.harness.command;

import io.freshet.harness.Failure;
import io.freshet.harness.process.Ports;
import io.freshet.harness.storage.Azurite;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Installs Freshet on the cluster of KUBECONFIG; storage is an emulator of this machine, or the account whose connection
 * string is in E2E_STORAGE, if pods do not reach this machine.
 */
final class OnCluster {
    private OnCluster() {}

    static Running start(Context context) {
        Release release = install(context, List.of());
        return new Running(release.gateway(), new CompletableFuture<>(), release::killWorker);
    }

    /**
     * A release that goes with the command.
     *
     * @param values of the chart, as {@code --set} takes them
     */
    static Release install(Context context, List<String> values) {
        if (context.settings().text("KUBECONFIG").isEmpty()) {
            throw new Failure("KUBE=1: set KUBECONFIG to a cluster with KEDA and the images of Freshet.");
        }
        String connection = context.settings().text("E2E_STORAGE").orElseGet(() -> emulator(context));
        Release release = new Release(context);
        context.screen()
                .line("Installing Freshet into the namespace " + release.chart().namespace() + " ...");
        context.atTheEnd(release::remove);
        release.install(connection, values);
        return release;
    }

    private static String emulator(Context context) {
        Azurite azurite = Azurite.apart(Ports.free(Azurite.PORTS), List.of("blob", "queue"), context.directory());
        context.atTheEnd(azurite::close);
        azurite.start();
        return azurite.connectionString();
    }
}

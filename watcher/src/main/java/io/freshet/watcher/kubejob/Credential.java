package io.freshet.watcher.kubejob;

import io.freshet.storage.StorageAccess;
import io.freshet.watcher.reconcile.BurstOrder;
import org.jspecify.annotations.Nullable;

/** How a pod gets access to storage. */
enum Credential {
    /** A SAS, in a Secret that is removed with the Job. */
    SIGNED,
    /** A Secret created by whoever deploys Freshet. */
    SECRET,
    /** The workload identity of a service account. */
    IDENTITY,
    NONE;

    /**
     * The credential for the pods of an order. Virtual nodes v1 do not support workload identity and belong to the
     * provider.
     */
    static Credential of(BurstOrder order, JobsConfig config, StorageAccess storage) {
        return of(order.nodes(), config, storage);
    }

    static Credential of(@Nullable String nodes, JobsConfig config, StorageAccess storage) {
        boolean isV1 = "v1".equals(nodes);
        if (isV1 && storage.canSign()) {
            return SIGNED;
        }
        if (config.secret().isPresent()) {
            return SECRET;
        }
        if (config.serviceAccount().isPresent() && !isV1) {
            return IDENTITY;
        }
        return storage.canSign() ? SIGNED : NONE;
    }
}

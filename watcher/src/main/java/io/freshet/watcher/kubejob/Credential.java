package io.freshet.watcher.kubejob;

import io.freshet.storage.StorageAccess;
import io.freshet.watcher.reconcile.BurstOrder;
import org.jspecify.annotations.Nullable;

/** What opens storage to a pod. */
enum Credential {
    /** A SAS for this run alone, in a Secret that goes with the Job. */
    SIGNED,
    /** A Secret that whoever deploys has made. */
    SECRET,
    /** The workload identity of a service account. */
    IDENTITY,
    NONE;

    /** Of the pods of an order: virtual nodes v1 know no workload identity, and are the provider's. */
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

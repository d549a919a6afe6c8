package io.freshet.storage;

import java.time.Duration;
import java.util.Optional;

/** Lets others into the storage account, for a while, who have no credential of their own there. */
public interface StorageAccess {

    /**
     * A connection string with a SAS for blobs and queues that ends after {@code valid}; empty where we have no key to
     * sign one with.
     */
    Optional<Secret> connection(Duration valid);

    /** Whether {@link #connection} gives one. */
    boolean canSign();
}

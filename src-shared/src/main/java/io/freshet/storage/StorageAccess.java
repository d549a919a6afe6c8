package io.freshet.storage;

import java.time.Duration;
import java.util.Optional;

/** Grants temporary access to the storage account to those without a credential of their own. */
public interface StorageAccess {

    /**
     * A connection string with a SAS for blobs and queues that ends after {@code valid}; empty without a key to sign
     * one with.
     */
    Optional<Secret> connection(Duration valid);

    /** Whether {@link #connection} returns one. */
    boolean canSign();
}

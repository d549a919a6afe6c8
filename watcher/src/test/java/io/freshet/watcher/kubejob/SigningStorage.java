package io.freshet.watcher.kubejob;

import io.freshet.storage.Secret;
import io.freshet.storage.StorageAccess;

import java.time.Duration;
import java.util.Optional;

/** Storage with a key, or without. */
record SigningStorage(boolean canSign) implements StorageAccess {
    static final String CONNECTION = "BlobEndpoint=http://127.0.0.1:1;SharedAccessSignature=s";

    @Override
    public Optional<Secret> connection(Duration valid) {
        return canSign ? Optional.of(new Secret(CONNECTION)) : Optional.empty();
    }
}

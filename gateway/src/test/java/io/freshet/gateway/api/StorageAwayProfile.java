package io.freshet.gateway.api;

import io.freshet.testing.Azurite;
import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.Map;

/** A gateway that was started while storage is away, and that gives up soon. */
public final class StorageAwayProfile implements QuarkusTestProfile {
    static final String BLOB_PORT = "storage-away.blob-port";
    static final String QUEUE_PORT = "storage-away.queue-port";

    @Override
    public Map<String, String> getConfigOverrides() {
        int blobPort = Azurite.freePort();
        int queuePort = Azurite.freePort();
        return Map.of(
                BLOB_PORT,
                Integer.toString(blobPort),
                QUEUE_PORT,
                Integer.toString(queuePort),
                "freshet.storage.connection-string",
                Azurite.connectionString(blobPort, queuePort),
                "freshet.azure.calls.timeout",
                "PT2S",
                "freshet.azure.calls.attempts",
                "2",
                "freshet.azure.calls.first-back-off",
                "PT0.01S");
    }
}

package io.freshet.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.util.Map;

/** Gives a Quarkus test the shared emulator, with a container and queues of its own. */
public final class AzuriteResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of(
                "AZURE_STORAGE_CONNECTION_STRING",
                Azurite.shared().connectionString(),
                "CONTAINER",
                Azurite.uniqueName("jobs"),
                "QUEUEPREFIX",
                Azurite.uniqueName("t") + "-");
    }

    @Override
    public void stop() {
        // the emulator is shared; it ends with the JVM
    }
}

package io.freshet.testing;

import io.freshet.harness.storage.Azurite;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Gives a Quarkus test the shared emulator, with a container and queues of its own; fields of type
 * {@link StorageUnderTest} get to know them.
 */
public final class AzuriteResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable StorageUnderTest storage;

    @Override
    public Map<String, String> start() {
        storage = new StorageUnderTest(Azurite.shared());
        return storage.environment();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(storage, new TestInjector.MatchesType(StorageUnderTest.class));
    }

    /** The emulator is shared; it ends with the JVM. */
    @Override
    public void stop() {
        if (storage != null) {
            storage.close();
        }
    }
}

package io.freshet.gateway.api;

import io.freshet.harness.process.Ports;
import io.freshet.harness.storage.Azurite;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.util.Map;

/** The ports at which a gateway looks for storage while nobody listens there. */
record AwayStorage(int blobPort, int queuePort) {

    /** Chooses the ports and tells them to the gateway, and to the test's field of this type. */
    public static final class Resource implements QuarkusTestResourceLifecycleManager {
        private final AwayStorage away = new AwayStorage(Ports.free(), Ports.free());

        @Override
        public Map<String, String> start() {
            return Map.of("freshet.storage.connection-string", Azurite.connectionString(away.blobPort, away.queuePort));
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(away, new TestInjector.MatchesType(AwayStorage.class));
        }

        @Override
        public void stop() {
            // nothing was started
        }
    }
}

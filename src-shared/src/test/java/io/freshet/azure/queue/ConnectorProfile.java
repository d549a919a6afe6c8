package io.freshet.azure.queue;

import io.freshet.harness.storage.Azurite;
import io.freshet.testing.AzuriteResource;
import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One application for all connector tests: quick retries, and channels of its own. */
public final class ConnectorProfile implements QuarkusTestProfile {
    static final String NAME = "connectors";
    static final String QUEUE = Azurite.uniqueName("wired");

    @Override
    public String getConfigProfile() {
        return NAME;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>();
        config.put("freshet.azure.calls.timeout", "PT5S");
        config.put("freshet.azure.calls.attempts", "2");
        config.put("freshet.azure.calls.first-back-off", "PT0.02S");
        config.put("quarkus.otel.traces.exporter", "none");
        config.put("mp.messaging.incoming.wired-in.connector", AzureStorageQueueConnector.NAME);
        config.put("mp.messaging.incoming.wired-in.queue", QUEUE);
        config.put("mp.messaging.incoming.wired-in.visibility-timeout", "2");
        config.put("mp.messaging.outgoing.wired-out.connector", AzureStorageQueueConnector.NAME);
        config.put("mp.messaging.outgoing.wired-out.queue", QUEUE);
        return config;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(AzuriteResource.class));
    }
}

package io.freshet.gateway.api;

import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.List;
import java.util.Map;

/** A gateway whose limits are reached soon. */
public final class SmallLimitsProfile implements QuarkusTestProfile {
    static final int MAX_PARTS = 200;
    static final int MAX_BYTES = 1 << 20;
    static final int MEMORY = 1 << 20;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.host",
                "127.0.0.1",
                "freshet.jobs.max-parts",
                Integer.toString(MAX_PARTS),
                "freshet.jobs.max-input-bytes",
                "1M",
                "freshet.jobs.upload-memory",
                "1M",
                "freshet.jobs.upload-window",
                "PT2S",
                "freshet.azure.calls.connections",
                "8");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(ProxiedStorage.class));
    }
}

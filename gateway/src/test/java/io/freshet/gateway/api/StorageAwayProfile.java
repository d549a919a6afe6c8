package io.freshet.gateway.api;

import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.List;
import java.util.Map;

/** A gateway that was started while storage is away, and that gives up soon. */
public final class StorageAwayProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.host",
                "127.0.0.1",
                "freshet.azure.calls.timeout",
                "PT2S",
                "freshet.azure.calls.attempts",
                "2",
                "freshet.azure.calls.first-back-off",
                "PT0.01S");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(AwayStorage.Resource.class));
    }
}

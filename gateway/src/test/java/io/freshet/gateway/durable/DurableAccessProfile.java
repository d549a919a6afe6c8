package io.freshet.gateway.durable;

import io.freshet.testing.AzuriteResource;
import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A gateway with a key, and a proxy in front. */
public final class DurableAccessProfile implements QuarkusTestProfile {
    static final String KEY = "a key/with+odd=characters";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("DURABLETASK_KEY", KEY, "PROXYFORWARDING", "true", "INPUTCONTAINERS", "lake");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(DurableBeans.class);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(AzuriteResource.class));
    }
}

package io.freshet.gateway.durable;

import io.freshet.orchestration.ComputeOrchestrator;
import io.freshet.testing.AzuriteResource;
import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A gateway with the orchestrations of the recording in the place of ours, storage in memory, and a clock that jumps. */
public final class DurableProfile implements QuarkusTestProfile {
    static final String PUBLIC_URL = "http://durable.example";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("PUBLICURL", PUBLIC_URL, "quarkus.arc.exclude-types", ComputeOrchestrator.class.getName());
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(RecordedOrchestrations.class, DurableBeans.class);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(AzuriteResource.class));
    }
}

package io.freshet.gateway.api;

import io.freshet.testing.AzuriteResource;

import java.util.List;
import java.util.Map;

/** As {@link AccessProfile}, but nobody can ask the issuer where its keys are when the gateway starts. */
public final class AwayIssuerProfile extends AccessProfile {

    /** Begins silently, and is asked where its keys are. */
    public static final class Silent extends IssuerResource {
        @Override
        public Map<String, String> start() {
            super.start();
            issuer().answers(false);
            return Map.of("OIDCISSUER", issuer().address());
        }
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(AzuriteResource.class), new TestResourceEntry(Silent.class));
    }
}

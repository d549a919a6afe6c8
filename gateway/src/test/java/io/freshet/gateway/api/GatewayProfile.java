package io.freshet.gateway.api;

import io.freshet.testing.AzuriteResource;
import io.quarkus.test.junit.QuarkusTestProfile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One gateway for all tests of the API: lines of 2 MiB at most, and its log in a file, from the start on. */
public final class GatewayProfile implements QuarkusTestProfile {
    static final int MAX_LINE = 2 << 20;
    /** A host that inputs may be on, where nobody listens. */
    static final String AWAY = "localhost:1";
    /** The container whose blobs everybody may use. */
    static final String OPEN = "elsewhere";
    /** Where Quarkus lets a service under test write its log. */
    static final Path LOG = Path.of("target", "quarkus.log");

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.host",
                "127.0.0.1",
                "freshet.jobs.max-line-bytes",
                Integer.toString(MAX_LINE),
                "freshet.inputs.containers",
                OPEN,
                "freshet.inputs.hosts",
                AWAY,
                "freshet.events.silence",
                "PT1S",
                "quarkus.log.file.enabled",
                "true",
                "quarkus.log.file.rotation.max-file-size",
                "100M",
                "quarkus.log.category.\"io.freshet\".level",
                "DEBUG");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(AzuriteResource.class));
    }
}

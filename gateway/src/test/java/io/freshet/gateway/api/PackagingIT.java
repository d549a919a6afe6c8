package io.freshet.gateway.api;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

/** The integration tests take what the last build has left, which may be another kind than the one that was asked for. */
class PackagingIT {

    @Test
    void whatIsTestedIsWhatWasAskedFor() throws IOException {
        boolean natively =
                List.of(System.getProperty("freshet.native").split(",")).contains("gateway");
        Properties artifact = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("target", "quarkus-artifact.properties"))) {
            artifact.load(file);
        }

        assertThat(artifact.getProperty("type")).isEqualTo(natively ? "native" : "jar");
    }
}

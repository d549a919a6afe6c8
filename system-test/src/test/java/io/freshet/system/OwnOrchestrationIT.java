package io.freshet.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.orchestration.Orchestration;
import io.freshet.testing.JavaSource;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The orchestration of two steps that the README shows, in a jar that all services load. */
final class OwnOrchestrationIT {

    @Test
    void twoStepsOneAfterTheOther(@TempDir Path directory) {
        Stream.of("gateway", "watcher", "worker")
                .forEach(module -> Assumptions.assumeFalse(
                        Packaging.isNative(module), "executables have the orchestrations that they were built with"));
        try (Freshet freshet = Freshet.named("own")
                .workers(2)
                .with("ORCHESTRATIONS", jar(directory).toString())
                .start()) {
            Instances instances = new Instances(freshet.jobs());

            JsonNode end = instances.finished(instances.started("shares", "", "{\"inputs\":[[1,2],[3,4,5],[5],[]]}"));

            assertThat(end.path("runtimeStatus").asText()).as("%s", end).isEqualTo("Completed");
            assertThat(end.path("output").findValues("result"))
                    .extracting(JsonNode::asDouble)
                    .containsExactly(0.15, 0.6, 0.25, 0.0);
            assertThat(end.path("customStatus").path("total").asInt()).isEqualTo(4);
        }
    }

    private static Path jar(Path directory) {
        String shown = Repository.fenced(
                Repository.section(Repository.read("README.md"), "### Your own orchestration"), "java");
        return new JavaSource(shown).jar(directory, packaged(), Orchestration.class);
    }

    /** What the README compiles it against. */
    private static String packaged() {
        Path libraries = Repository.root().resolve("gateway/target/quarkus-app/lib/main");
        try (Stream<Path> jars = Files.list(libraries)) {
            return jars.map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

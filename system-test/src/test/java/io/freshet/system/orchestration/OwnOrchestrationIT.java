package io.freshet.system.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Instances;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The orchestration of two steps that the README shows. */
final class OwnOrchestrationIT {

    @Test
    void twoStepsOneAfterTheOther(@TempDir Path directory) {
        Assumptions.assumeTrue(OwnOrchestration.canBeLoaded(), "executables load none");
        String shown = Repository.fenced(
                Repository.section(Repository.read("README.md"), "### Your own orchestration"), "java");
        try (TestedFreshet freshet = TestedFreshet.named("own")
                .workers(2)
                .with("ORCHESTRATIONS", OwnOrchestration.jar(shown, directory).toString())
                .start()) {
            Instances instances = new Instances(freshet.jobs().gateway());

            JsonNode end = instances.finished(instances.started("shares", "", "{\"inputs\":[[1,2],[3,4,5],[5],[]]}"));

            assertThat(end.path("runtimeStatus").asText()).as("%s", end).isEqualTo("Completed");
            assertThat(end.path("output").findValues("result"))
                    .extracting(JsonNode::asDouble)
                    .containsExactly(0.15, 0.6, 0.25, 0.0);
            assertThat(end.path("customStatus").path("total").asInt()).isEqualTo(4);
        }
    }
}

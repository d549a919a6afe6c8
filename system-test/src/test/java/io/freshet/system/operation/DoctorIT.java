package io.freshet.system.operation;

import io.freshet.harness.process.Launch;
import io.freshet.harness.process.Ports;
import io.freshet.harness.service.Service;
import io.freshet.system.cluster.TestedFreshet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The watcher's program looks whether the installation is well, beside a watcher, and ends. */
final class DoctorIT {
    @TempDir
    private Path directory;

    @Test
    void whatIsWellIsSaidInALineEach() {
        try (TestedFreshet freshet = TestedFreshet.named("doctor").workers(0).start();
                Service doctor = doctor(freshet.service("watcher-1").environment())) {
            doctor.launch(Map.of("FRESHET_EVENTS", "direct"));

            assertThat(doctor.awaitExit()).as("exit code").isZero();
            assertThat(findings(doctor))
                    .contains(
                            "ok      container jobs: a blob was written, read and removed",
                            "ok      queue t-work: 0 messages",
                            "ok      queue t-control: a message was sent and received",
                            "skipped cluster: there is no Kubernetes cluster")
                    .noneMatch(line -> line.startsWith("wrong"));
            assertThat(freshet.storage().names("")).noneMatch(name -> name.contains("doctor"));
        }
    }

    @Test
    void storageThatIsAwayIsSaidWithWhatToDo() {
        String nobody =
                "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:%d/a;QueueEndpoint=http://127.0.0.1:%d/a;"
                        .formatted(Ports.free(), Ports.free());
        try (Service doctor = doctor(Map.of("AZURE_STORAGE_CONNECTION_STRING", nobody))) {
            doctor.launch(Map.of("FRESHET_AZURE_CALLS_TIMEOUT", "PT1S"));

            assertThat(doctor.awaitExit()).as("exit code").isEqualTo(1);
            assertThat(findings(doctor))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("wrong   container jobs: ")
                            .contains("no answer", "Check the account"));
        }
    }

    private Service doctor(Map<String, String> environment) {
        List<String> command = Stream.concat(
                        TestedFreshet.installation().executable("watcher").command().stream(), Stream.of("doctor"))
                .toList();
        return new Service(
                "watcher",
                new Launch("doctor", command, directory.resolve("doctor.log")).with(environment),
                Ports.free());
    }

    private static List<String> findings(Service doctor) {
        return doctor.log(0).lines().filter(line -> !line.startsWith("{")).toList();
    }
}

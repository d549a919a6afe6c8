package io.freshet.system.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.harness.process.Launch;
import io.freshet.harness.process.Ports;
import io.freshet.harness.service.Service;
import io.freshet.system.cluster.TestedFreshet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** A service that is set wrongly says in one line what to mend, and ends with 1. It does not get as far as storage. */
final class StartRefusedIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STORAGE = "AZURE_STORAGE_CONNECTION_STRING";
    private static final String STORAGE_NOBODY_ASKS = "UseDevelopmentStorage=true";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gateway | AZURE_STORAGE_CONNECTION_STRING=                   | set AZURE_STORAGE_CONNECTION_STRING, or STORAGEACCOUNT with STORAGEKEY
            worker  | AZURE_STORAGE_CONNECTION_STRING=AccountKey=geheim  | AZURE_STORAGE_CONNECTION_STRING is not a connection string
            watcher | AZURE_STORAGE_CONNECTION_STRING= STORAGEACCOUNT=acme STORAGEKEY=geheim* | STORAGEKEY is not Base64
            gateway | ITEMSPERJOB=0 MAXLINEBYTES=0                       | ITEMSPERJOB is '0' but must be a whole number of at least 1; MAXLINEBYTES is '0'
            gateway | HANDLERS=exec,identity                             | DEFAULTHANDLER is 'calculator' but must be one of HANDLERS, which are exec, identity
            worker  | FRESHET_WORKER_MODE=foo WORKER_CONCURRENCY=many MAXDEQUEUECOUNT=0 FRESHET_GRACE=-5s | FRESHET_GRACE is '-5s' but must be a duration of at least PT0S, such as PT30S or 30s; FRESHET_WORKER_MODE is 'foo' but must be serve or drain; MAXDEQUEUECOUNT is '0' but must be a whole number of at least 1; WORKER_CONCURRENCY is 'many'
            watcher | RETENTION=xyz                                      | RETENTION is 'xyz' but must be a duration of at least
            worker  | MP_MESSAGING_INCOMING_WORK_BATCH_SIZE=33           | Channel 'work': attribute 'batch-size' is 33
            """)
    void oneLineSaysWhatToMend(String module, String environment, String remedy) throws IOException {
        List<String> log = logOfAStartThatFails(module, environment);

        assertThat(log).hasSize(1);
        JsonNode line = JSON.readTree(log.getFirst());
        assertThat(line.path("level").asText()).isEqualTo("ERROR");
        assertThat(line.path("message").asText())
                .startsWith("This service cannot start: ")
                .contains(remedy)
                .doesNotContain("geheim");
        assertThat(line.has("exception")).as("a stack trace").isFalse();
    }

    @Test
    void aJarThatCannotBeLoadedIsNamed() throws IOException {
        String remedy = TestedFreshet.installation().isNative("watcher")
                ? "ORCHESTRATIONS is for jars"
                : "ORCHESTRATIONS names '/nowhere/shares.jar', which does not exist";

        oneLineSaysWhatToMend("watcher", "ORCHESTRATIONS=/nowhere/shares.jar", remedy);
    }

    private List<String> logOfAStartThatFails(String module, String environment) {
        Path log = directory.resolve(module + ".log");
        Map<String, String> storage = Map.of(STORAGE, STORAGE_NOBODY_ASKS);
        try (Service service = new Service(
                module,
                new Launch(
                                module,
                                TestedFreshet.installation().executable(module).command(),
                                log)
                        .with(storage),
                Ports.free())) {
            service.launch(variables(environment));

            assertThat(service.awaitExit()).as("exit code").isEqualTo(1);
            return service.log(0).lines().toList();
        }
    }

    private static Map<String, String> variables(String text) {
        return Arrays.stream(text.split(" "))
                .map(assignment -> assignment.split("=", 2))
                .collect(Collectors.toMap(assignment -> assignment[0], assignment -> assignment[1]));
    }
}

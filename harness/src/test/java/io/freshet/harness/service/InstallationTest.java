package io.freshet.harness.service;

import io.freshet.harness.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class InstallationTest {
    private static final Instant MADE = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    private Path root;

    private Installation installation(Packaging packaging) {
        return new Installation(root, module -> packaging, JvmOptions.PRODUCT);
    }

    private Path file(String name, Instant modified) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    @Test
    void whatIsNotBuiltIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> installation(Packaging.JAR).executable("worker"))
                .isInstanceOf(Failure.class)
                .hasMessage("The worker is not built: run `mvn -DskipTests package`.");
        assertThatThrownBy(() -> installation(Packaging.AOT).executable("worker"))
                .hasMessage("The worker has no app.aot: run `make aot`.");
        assertThatThrownBy(() -> installation(Packaging.ASSEMBLING).executable("worker"))
                .hasMessage("The worker has no app.aotconf: run `make aot`.");
        assertThatThrownBy(() -> installation(Packaging.NATIVE).executable("worker"))
                .hasMessage("The worker is not built as a native executable: run `make native`.");
    }

    @Test
    void aCacheIsUsedOrTheStartFails() throws IOException {
        file("worker/target/aot-app/app.aot", MADE);
        file("worker/target/aot-app/quarkus/generated-bytecode.jar", MADE);

        Installation.Executable worker = installation(Packaging.AOT).executable("worker");

        assertThat(worker.directory()).isEqualTo(root.resolve("worker/target/aot-app"));
        assertThat(worker.command())
                .contains("-XX:AOTMode=on", "-XX:AOTCache=app.aot", "-Xmx1g")
                .endsWith("-jar", "quarkus-run.jar");
    }

    @Test
    void aServiceWhoseJarsAreNewerThanItsCacheIsNotStartedAndWhatToDoIsSaid() throws IOException {
        file("worker/target/aot-app/app.aot", MADE);
        file("worker/target/aot-app/quarkus/generated-bytecode.jar", MADE.plusSeconds(10));

        assertThatThrownBy(() -> installation(Packaging.AOT).executable("worker"))
                .hasMessage(
                        "The AOT cache of the worker is older than quarkus/generated-bytecode.jar: run `make aot`.");
    }

    @Test
    void anExecutableTakesTheMemoryThatAJvmWould() throws IOException {
        Path runner = file("gateway/target/freshet-gateway-runner", MADE);

        assertThat(installation(Packaging.NATIVE).executable("gateway").command())
                .containsExactly(runner.toString(), "-Xmx256m");
    }
}

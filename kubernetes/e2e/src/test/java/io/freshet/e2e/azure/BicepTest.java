package io.freshet.e2e.azure;

import io.freshet.testing.Repository;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The Bicep compiler, where there is one on the PATH, at work on a copy of the templates. */
final class BicepTest {
    private static final boolean IS_THERE = Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "bicep")));

    @TempDir
    private Path copy;

    static List<String> variants() {
        return Deployment.variants();
    }

    @BeforeEach
    void copyTemplates() throws IOException {
        Assumptions.assumeTrue(IS_THERE, "there is no bicep on the PATH (https://github.com/Azure/bicep/releases)");
        for (Path file : templates(Deployment.AZURE)) {
            Path target = copy.resolve(Deployment.AZURE.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    private static List<Path> templates(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** All that the compiler says; nothing, if all is well. */
    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bicep"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        return code == 0 ? said : said + "\nbicep ended with " + code;
    }

    @Test
    void theCompilerHasNothingToSay() throws IOException, InterruptedException {
        assertThat(run("lint", "main.bicep")).isEmpty();
    }

    @Test
    void theCompilerFormatsTheTemplatesAsTheyAre() throws IOException, InterruptedException {
        assertThat(run("format", "--pattern", "**/*.bicep") + run("format", "--pattern", "**/*.bicepparam"))
                .isEmpty();
        for (Path file : templates(copy)) {
            assertThat(Repository.read(file))
                    .as("%s", file)
                    .isEqualTo(Repository.read(Deployment.AZURE.resolve(copy.relativize(file))));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theCompilerForeseesWhatWasReviewed(String variant) throws IOException, InterruptedException {
        assertThat(run(
                        "snapshot",
                        variant + ".bicepparam",
                        "--mode",
                        "validate",
                        "--subscription-id",
                        "00000000-0000-0000-0000-000000000000",
                        "--resource-group",
                        "freshet",
                        "--location",
                        "westeurope"))
                .isEmpty();
    }
}

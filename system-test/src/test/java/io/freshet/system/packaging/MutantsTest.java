package io.freshet.system.packaging;

import io.freshet.harness.Checkout;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Deliberate mistakes are tried by {@code make mutants} alone, and the services go on meanwhile. */
final class MutantsTest {
    private static final Path ROOT = Checkout.root();

    static List<String> mutants() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("system-test/src/test/mutants"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void aDeliberateMistakeFitsTheServicesAsTheyAre(String mutant) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/patch")), "there is no patch");
        Process patch = new ProcessBuilder(
                        "patch",
                        "--dry-run",
                        "--silent",
                        "--force",
                        "-p1",
                        "-i",
                        ROOT.resolve("system-test/src/test/mutants")
                                .resolve(mutant)
                                .toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();

        String said = new String(patch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(patch.waitFor()).as(said).isZero();
    }
}

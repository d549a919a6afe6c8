package io.freshet.system.packaging;

import io.freshet.testing.Repository;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import static org.assertj.core.api.Assertions.assertThat;

/** What would make two builds of one commit differ is in no jar of ours. */
final class ReproducibleJarsIT {
    private static final Pattern TIMESTAMP =
            Pattern.compile("<project.build.outputTimestamp>(.+)Z</project.build.outputTimestamp>");

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker", "watcher"})
    void noJarKnowsWhenOrWhereItWasBuilt(String module) throws IOException {
        Path app = Repository.root().resolve(module).resolve("target/quarkus-app");
        Assumptions.assumeTrue(Files.exists(app), "only an executable is built");

        List<Path> jars = jars(app);

        assertThat(jars).hasSizeGreaterThan(2);
        for (Path jar : jars) {
            assertThat(faults(jar)).as("%s", jar).isEmpty();
        }
    }

    /** Those that this build makes; others come as they are. */
    private static List<Path> jars(Path app) throws IOException {
        try (Stream<Path> files = Files.walk(app)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !app.relativize(file).startsWith("lib"))
                    .toList();
        }
    }

    private static List<String> faults(Path jar) throws IOException {
        LocalDateTime expected = timestamp();
        String here = Repository.root().toString();
        List<String> faults = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] content = zip.getInputStream(entry).readAllBytes();
                if (!entry.getTimeLocal().equals(expected)) {
                    faults.add(entry + " is of " + entry.getTimeLocal());
                }
                if (new String(content, StandardCharsets.ISO_8859_1).contains(here)) {
                    faults.add(entry + " contains " + here);
                }
            }
        }
        return faults;
    }

    private static LocalDateTime timestamp() {
        Matcher timestamp = TIMESTAMP.matcher(Repository.read("pom.xml"));
        assertThat(timestamp.find()).as("the time of all entries is set").isTrue();
        return LocalDateTime.parse(timestamp.group(1));
    }
}

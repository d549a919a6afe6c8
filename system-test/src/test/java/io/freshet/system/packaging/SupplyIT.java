package io.freshet.system.packaging;

import io.freshet.harness.Checkout;
import io.freshet.harness.supply.Supply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the packaged services, and whether we may hand it on. */
@DisabledIfSystemProperty(named = "freshet.native", matches = ".+", disabledReason = "executables have no jars")
final class SupplyIT {
    private static final Path ROOT = Checkout.root();
    private static final Supply SUPPLY = new Supply(ROOT);

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker", "watcher"})
    void theBillOfMaterialsHasEveryJarThatIsPackaged(String service) throws IOException {
        Set<String> billed = SUPPLY.components(service).stream()
                .map(component -> component.group() + "." + component.name() + "-" + component.version())
                .collect(Collectors.toSet());

        List<String> jars = jars(ROOT.resolve(service).resolve("target/quarkus-app/lib"));

        assertThat(jars).hasSizeGreaterThan(50);
        assertThat(jars.stream()
                        .filter(jar -> !jar.startsWith("io.freshet."))
                        .filter(jar ->
                                billed.stream().noneMatch(name -> jar.equals(name) || jar.startsWith(name + "-"))))
                .isEmpty();
    }

    private static List<String> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.replaceFirst("\\.jar$", ""))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker", "watcher"})
    void nothingIsInAServiceThatDoesNotFitItsLicence(String service) {
        assertThat(SUPPLY.components(service)).allMatch(Supply.Component::fits);
    }

    @Test
    void noticeNamesWhatIsInTheServices() throws IOException {
        assertThat(Files.readString(ROOT.resolve("NOTICE")))
                .as("`make notice` writes it anew")
                .isEqualTo(SUPPLY.notice());
    }
}

package io.freshet.system.packaging;

import io.freshet.harness.Checkout;
import io.freshet.harness.process.Launch;
import io.freshet.harness.process.Ports;
import io.freshet.harness.service.Installation;
import io.freshet.harness.service.JvmOptions;
import io.freshet.harness.service.Packaging;
import io.freshet.harness.service.Service;
import io.freshet.harness.storage.Azurite;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** That the AOT caches are used, and not only there: a cache that does not fit is silently slower. {@code make aot} runs this. */
final class AotIT {
    private static final Pattern LOADED = Pattern.compile("^.*? (\\S+) source: (.*)$", Pattern.MULTILINE);
    private static final Installation TRAINED =
            new Installation(Checkout.root(), module -> Packaging.AOT, JvmOptions.PRODUCT);

    @TempDir
    private Path directory;

    /** A class that a service loaded, and where it comes from. */
    private record Loaded(String name, String source) {
        boolean isCached() {
            return source.startsWith("shared objects file");
        }

        /** Proxies of our annotations are no classes of ours: the JDK makes them at run time, in the annotation's package. */
        boolean isOurs() {
            return name.startsWith("io.freshet.") && !name.contains("$$") && !name.contains(".$Proxy");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "watcher", "worker"})
    void aServiceTakesItsClassesFromItsCache(String module) throws IOException {
        List<Loaded> classes = loaded(module, TRAINED.executable(module));

        assertThat(classes.stream().filter(Loaded::isOurs))
                .hasSizeGreaterThan(50)
                .allMatch(Loaded::isCached);
        assertThat(classes.stream().filter(Loaded::isCached).count()).isGreaterThan(classes.size() * 9L / 10);
    }

    @Test
    void aMovedWorkerUsesItsCache() throws IOException {
        Installation.Executable worker = TRAINED.executable("worker");
        Path moved = directory.resolve("moved");
        copy(worker.directory(), moved);

        List<Loaded> classes = loaded("worker", new Installation.Executable(worker.command(), moved, worker.grace()));

        assertThat(classes.stream().filter(Loaded::isCached).count()).isGreaterThan(classes.size() * 9L / 10);
    }

    /** A cache knows the times of its jars. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The classes that a service loads until it lives; it starts without storage all the same. */
    private List<Loaded> loaded(String module, Installation.Executable executable) throws IOException {
        Path log = directory.resolve(module + "-classes.log");
        List<String> command = new ArrayList<>(executable.command());
        command.add(1, "-Xlog:class+load:file=" + log);
        int port = Ports.free();
        Map<String, String> environment = Map.of(
                "AZURE_STORAGE_CONNECTION_STRING",
                Azurite.connectionString(Ports.free(), Ports.free()),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "FRESHET_EVENTS",
                "direct");
        Launch launch = new Launch(module, command, directory.resolve(module + ".log"))
                .with(environment)
                .in(executable.directory());
        try (Service service = new Service(module, launch, port)) {
            service.launch();
            Awaitility.await(module + " lives")
                    .atMost(Patience.LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> service.answers("/q/health/live") || !service.isAlive());
            service.terminate();
        }
        return LOADED.matcher(Files.readString(log))
                .results()
                .map(line -> new Loaded(line.group(1), line.group(2)))
                .toList();
    }
}

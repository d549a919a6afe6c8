package io.freshet.harness.bench;

import io.freshet.harness.Failure;
import io.freshet.harness.process.Foreground;
import io.freshet.harness.process.Ports;
import io.freshet.harness.service.Freshet;
import io.freshet.harness.service.Installation;
import io.freshet.harness.service.JvmOptions;
import io.freshet.harness.service.Packaging;
import io.freshet.harness.storage.Azurite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Fresh stacks for benchmarks, and the programs that they stand beside. */
final class Lab {
    private final Path root;
    private final Path scratch;
    private final Consumer<String> progress;
    private volatile Runnable running = () -> {};
    private int stacks;

    /** @param root of the checkout that is measured */
    Lab(Path root, Path scratch, Consumer<String> progress) {
        this.root = root;
        this.scratch = scratch;
        this.progress = progress;
    }

    Path root() {
        return root;
    }

    /** For files. */
    Path scratch() {
        return scratch;
    }

    void progress(String text) {
        progress.accept(text);
    }

    /** Whether the services are built in this way; says so if they are not. */
    boolean isBuilt(Packaging packaging) {
        try {
            Stream.of("gateway", "worker")
                    .forEach(module -> installation(kind -> packaging).executable(module));
            return true;
        } catch (Failure e) {
            progress(name(packaging) + " is left out: " + e.getMessage());
            return false;
        }
    }

    /** The executables, where there are any; jars elsewhere. */
    Function<String, Packaging> nativeIfBuilt() {
        Packaging packaging = isBuilt(Packaging.NATIVE) ? Packaging.NATIVE : Packaging.JAR;
        return module -> packaging;
    }

    static String name(Packaging packaging) {
        return packaging.name().toLowerCase(Locale.ROOT);
    }

    private Installation installation(Function<String, Packaging> packaging) {
        return new Installation(root, packaging, JvmOptions.PRODUCT);
    }

    /** Starts storage and services, all fresh, for one action. */
    <T> T with(Services services, Function<Stack, T> action) {
        Path directory = newDirectory();
        Azurite azurite = Azurite.apart(Ports.free(Azurite.PORTS), services.storage(), directory);
        Stack stack = new Stack(azurite, (packaging, settings) -> {
            Map<String, String> all = new HashMap<>(services.settings());
            all.putAll(settings);
            return new Freshet(azurite, directory, installation(packaging), service -> all);
        });
        running = stack::stop;
        try {
            azurite.start();
            stack.start(services);
            return action.apply(stack);
        } finally {
            stack.stop();
        }
    }

    /** Ends what runs. */
    void stop() {
        running.run();
    }

    private Path newDirectory() {
        try {
            return Files.createDirectories(scratch.resolve("stack-" + ++stacks));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds that the plain SDK took for a command of PlainSdk. */
    double plainSdk(Stack stack, String... command) {
        String said = java("gateway", "io.freshet.gateway.bench.PlainSdk", stack.environment(), command);
        return Double.parseDouble(said.strip().lines().toList().getLast());
    }

    /** What a main class of a module's test tree prints. */
    String java(String module, String main, Map<String, String> environment, String... arguments) {
        Path target = root.resolve(module).resolve("target");
        String classPath = String.join(
                ":",
                target + "/test-classes",
                target + "/classes",
                target + "/quarkus-app/lib/main/*",
                target + "/quarkus-app/lib/boot/*",
                root + "/src-shared/target/test-classes");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                main));
        command.addAll(List.of(arguments));
        return Foreground.said(command, scratch, environment);
    }
}

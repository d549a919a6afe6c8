package io.freshet.harness.service;

import io.freshet.harness.Checkout;
import io.freshet.harness.Failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What was built, and how each module of it is run.
 *
 * @param root the directory that holds the modules
 * @param packaging by module: {@code gateway}, {@code worker} or {@code watcher}
 */
public record Installation(Path root, Function<String, Packaging> packaging, JvmOptions options) {
    private static final String AOT_DIRECTORY = "aot-app";
    private static final String CACHE = "app.aot";
    private static final String RECORDING = "app.aotconf";
    private static final String JAR = "quarkus-run.jar";
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** The recording is written at the end, and a cut one is of no use. */
    private static final Duration GRACE_OF_RECORDING = Duration.ofMinutes(2);

    /** Program and arguments, where to run them, and how long they may take to end. */
    public record Executable(List<String> command, Path directory, Duration grace) {}

    /** All of it packaged alike. */
    public static Installation of(Packaging packaging) {
        return new Installation(Checkout.root(), module -> packaging, JvmOptions.PRODUCT);
    }

    public boolean isNative(String module) {
        return packaging.apply(module) == Packaging.NATIVE;
    }

    /** How the module is started; fails with the command that builds it. */
    public Executable executable(String module) {
        return switch (packaging.apply(module)) {
            case JAR -> here(java(module, List.of(), built(module).toString()));
            case AOT -> cached(module);
            case RECORDING -> inPlace(module, JAR, List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + RECORDING));
            case ASSEMBLING ->
                inPlace(
                        module,
                        RECORDING,
                        List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + RECORDING, "-XX:AOTCache=" + CACHE));
            case NATIVE -> here(executableFile(module));
        };
    }

    private static Executable here(List<String> command) {
        return new Executable(command, Path.of("").toAbsolutePath(), GRACE);
    }

    private List<String> java(String module, List<String> more, String jar) {
        String home = System.getenv().getOrDefault("JAVA_HOME", System.getProperty("java.home"));
        List<String> command =
                new ArrayList<>(List.of(Path.of(home, "bin", "java").toString()));
        command.addAll(more);
        command.addAll(options.jvm(module));
        command.addAll(List.of("-jar", jar));
        return command;
    }

    private Path target(String module) {
        return root.resolve(module).resolve("target");
    }

    private Path built(String module) {
        Path jar = target(module).resolve("quarkus-app").resolve(JAR);
        if (!Files.exists(jar)) {
            throw new Failure("The " + module + " is not built: run `mvn -DskipTests package`.");
        }
        return jar;
    }

    /** A cache knows its jar by the path that was given: a relative one, so that the directory can be moved. */
    private Executable inPlace(String module, String needed, List<String> more) {
        Path directory = target(module).resolve(AOT_DIRECTORY);
        if (!Files.exists(directory.resolve(needed))) {
            throw new Failure("The " + module + " has no " + needed + ": run `make aot`.");
        }
        Duration grace = needed.equals(JAR) ? GRACE_OF_RECORDING : GRACE;
        return new Executable(java(module, more, JAR), directory, grace);
    }

    /**
     * {@code on} instead of {@code auto}: a cache that does not fit (another JDK, other flags) ends the start, and not the
     * gain. The JVM does not look at jars all of whose classes come from the cache: it would run what they were when it was
     * made.
     */
    private Executable cached(String module) {
        Executable executable = inPlace(module, CACHE, List.of("-XX:AOTMode=on", "-XX:AOTCache=" + CACHE));
        Path directory = executable.directory();
        FileTime made = modified(directory.resolve(CACHE));
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> modified(file).compareTo(made) > 0)
                    .findFirst()
                    .ifPresent(newer -> {
                        throw new Failure("The AOT cache of the " + module + " is older than "
                                + directory.relativize(newer) + ": run `make aot`.");
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return executable;
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> executableFile(String module) {
        List<String> command = new ArrayList<>(List.of(runner(module).toString()));
        command.addAll(options.memory(module));
        return command;
    }

    private Path runner(String module) {
        Path target = target(module);
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                var runner = files.filter(file -> file.toString().endsWith("-runner"))
                        .findFirst();
                if (runner.isPresent()) {
                    return runner.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new Failure("The " + module + " is not built as a native executable: run `make native`.");
    }
}

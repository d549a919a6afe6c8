package io.freshet.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the services are started by: their jars, or the native executables of modules that {@code freshet.native} names. */
final class Packaging {
    private static final Path ROOT =
            Path.of(System.getProperty("freshet.root", "..")).toAbsolutePath();
    private static final Set<String> NATIVE =
            Set.of(System.getProperty("freshet.native", "").split(","));
    private static final String HEAP = "-Xmx256m";

    private Packaging() {}

    /**
     * Program and arguments.
     *
     * @param module {@code gateway}, {@code worker} or {@code watcher}
     * @param options what a JVM takes from {@code JAVA_TOOL_OPTIONS}; an executable takes it as arguments
     */
    static List<String> command(String module, String options) {
        Path target = ROOT.resolve(module).resolve("target");
        return isNative(module)
                ? Stream.concat(
                                Stream.of(executable(target).toString(), HEAP),
                                Stream.of(options.split(" ")).filter(option -> !option.isEmpty()))
                        .toList()
                : List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:MarkSweepAlwaysCompactCount=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        built(target.resolve("quarkus-app/quarkus-run.jar")).toString());
    }

    static boolean isNative(String module) {
        return NATIVE.contains(module);
    }

    private static Path executable(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-runner"))
                    .findFirst()
                    .orElseThrow(() -> missing("An executable in " + target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path built(Path file) {
        if (!Files.exists(file)) {
            throw missing(file.toString());
        }
        return file;
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException(what + " is missing: package the services first");
    }
}

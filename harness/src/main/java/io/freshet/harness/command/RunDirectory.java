package io.freshet.harness.command;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Where a command leaves its logs and results; made when it has some. */
final class RunDirectory {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private final Path root;
    private final String command;
    private @Nullable Path made;

    RunDirectory(Path root, String command) {
        this.root = root;
        this.command = command;
    }

    /** {@code .run/<command>-<time>-<process>}, also reachable as {@code .run/latest}. */
    synchronized Path get() {
        Path directory = made == null ? make() : made;
        made = directory;
        return directory;
    }

    private Path make() {
        String time = InstantSource.system().instant().atOffset(ZoneOffset.UTC).format(TIME);
        String name = command + "-" + time + "-" + ProcessHandle.current().pid();
        Path runs = root.resolve(".run");
        try {
            Path directory = Files.createDirectories(runs.resolve(name));
            // by renaming, as another run may begin at the same moment
            Path link = Files.createSymbolicLink(runs.resolve(name + ".latest"), Path.of(name));
            Files.move(
                    link, runs.resolve("latest"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

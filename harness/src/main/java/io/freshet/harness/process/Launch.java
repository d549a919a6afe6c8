package io.freshet.harness.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a program is started.
 *
 * @param name what messages call it
 * @param command program and arguments
 * @param environment what it gets beside our own environment
 * @param directory where it runs
 * @param log where everything that it prints goes; kept when it is started again
 * @param grace how long it may take to end
 */
public record Launch(
        String name, List<String> command, Map<String, String> environment, Path directory, Path log, Duration grace) {
    private static final Duration GRACE = Duration.ofSeconds(10);

    public Launch(String name, List<String> command, Path log) {
        this(name, command, Map.of(), Path.of("").toAbsolutePath(), log, GRACE);
    }

    public Launch in(Path otherDirectory) {
        return new Launch(name, command, environment, otherDirectory, log, grace);
    }

    /** With more environment. */
    public Launch with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Launch(name, command, Map.copyOf(all), directory, log, grace);
    }

    public Launch ending(Duration otherGrace) {
        return new Launch(name, command, environment, directory, log, otherGrace);
    }
}

package io.freshet.harness.command;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The make that runs us. It passes SIGTERM on, but not a SIGINT that came to it alone: it then waits for us, with the signal
 * blocked. Only Linux shows that; elsewhere nothing is watched.
 */
final class ParentMake {
    private static final int WATCH_MS = 250;
    private static final int SIGINT_BIT = 1;
    private static final int HEX = 16;

    private ParentMake() {}

    /** @param interrupted gets the signal that make was interrupted or killed by */
    static void watch(Consumer<String> interrupted) {
        String make = status("self").getOrDefault("PPid", "");
        if (System.getenv("MAKELEVEL") == null
                || !status(make).getOrDefault("Name", "").matches("g?make")) {
            return;
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        timer.scheduleWithFixedDelay(() -> look(make, interrupted), WATCH_MS, WATCH_MS, TimeUnit.MILLISECONDS);
    }

    private static void look(String make, Consumer<String> interrupted) {
        boolean gone = !make.equals(status("self").get("PPid"));
        String blocked = status(make).getOrDefault("SigBlk", "0");
        if (gone || new BigInteger(blocked, HEX).testBit(SIGINT_BIT)) {
            interrupted.accept(gone ? "SIGTERM" : "SIGINT");
        }
    }

    private static Map<String, String> status(String process) {
        try {
            return Files.readAllLines(Path.of("/proc", process, "status")).stream()
                    .filter(line -> line.contains(":"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(':')),
                            line -> line.substring(line.indexOf(':') + 1).strip(),
                            (one, other) -> one));
        } catch (IOException e) {
            return Map.of();
        }
    }
}

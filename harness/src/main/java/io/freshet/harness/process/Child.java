package io.freshet.harness.process;

import io.freshet.harness.Failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** One program that we started, in a process group of its own. It does not outlive us, whatever ends us. */
public final class Child {
    /** A cloud account that the user's shell knows must not be touched by what runs here. */
    private static final Set<String> OF_THE_CLOUD =
            Set.of("STORAGEACCOUNT", "STORAGEKEY", "AZURE_STORAGE_CONNECTION_STRING");

    private static final Map<Integer, String> SIGNALS =
            Map.of(129, "SIGHUP", 130, "SIGINT", 134, "SIGABRT", 137, "SIGKILL", 139, "SIGSEGV", 143, "SIGTERM");
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int TAIL_LINES = 15;
    private static final int TAIL_BYTES = 16_384;
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();
    private static final Leash LEASH = new Leash();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Child::kill)));
    }

    private final Launch launch;
    private final Process process;
    private final AtomicBoolean told = new AtomicBoolean();
    private final CompletableFuture<Child> ended;

    private Child(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
        this.ended = process.onExit().thenApply(over -> {
            forget(over);
            return this;
        });
    }

    public static Child start(Launch launch) {
        ProcessBuilder builder = new ProcessBuilder(OwnGroup.of(launch.command()))
                .directory(launch.directory().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        builder.environment().keySet().removeAll(OF_THE_CLOUD);
        builder.environment().putAll(launch.environment());
        try {
            return new Child(launch, hold(builder.start()));
        } catch (IOException e) {
            throw new Failure(launch.name() + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Sees to it that a process, which is in a group of its own, does not outlive us. */
    static Process hold(Process process) {
        ALIVE.add(process);
        LEASH.hold(process.pid());
        // also if it has ended before it was held
        process.onExit().thenAccept(Child::forget);
        return process;
    }

    /** What it has started itself goes with it. */
    private static void forget(Process process) {
        if (ALIVE.remove(process)) {
            OwnGroup.signal(process.pid(), "KILL");
            LEASH.release(process.pid());
        }
    }

    private static void kill(Process process) {
        process.destroyForcibly();
        OwnGroup.signal(process.pid(), "KILL");
    }

    public String name() {
        return launch.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** When it has ended. */
    public CompletableFuture<Child> ended() {
        return ended;
    }

    /** How it ended: its exit code, or the signal that ended it. */
    public String end() {
        int code = process.exitValue();
        return SIGNALS.getOrDefault(code, "exit code " + code);
    }

    public int exitCode() {
        return process.exitValue();
    }

    /** Waits until it serves; fails with the end of its log if it ends before, or is too slow. */
    public void awaitReady(BooleanSupplier serves, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!serves.getAsBoolean()) {
            if (ends(POLL)) {
                throw failure("while starting");
            }
            if (System.nanoTime() > end) {
                throw new Failure(name() + " was not ready within " + limit.toSeconds() + " s. " + logTail());
            }
        }
    }

    /** Waits for its end; false if it takes longer. */
    public boolean ends(Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM to all that belongs to it, and SIGKILL if that takes too long. */
    public void stop() {
        terminate();
        if (!ends(launch.grace())) {
            kill();
        }
        ended.join();
    }

    /** SIGTERM to all that belongs to it, without waiting; once, as some programs take a second one for impatience. */
    public void terminate() {
        if (!told.getAndSet(true)) {
            OwnGroup.signal(pid(), "TERM");
        }
    }

    /** SIGKILL to all that belongs to it. */
    public void kill() {
        kill(process);
    }

    /** @param signal such as {@code STOP}, to the program alone */
    public void signal(String signal) {
        try {
            List<String> command = List.of("kill", "-" + signal, Long.toString(pid()));
            int code = new ProcessBuilder(command).start().waitFor();
            if (code != 0 && isAlive()) {
                throw new IllegalStateException(command + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The last lines of its log, with the log's name. */
    public String logTail() {
        Path shown = launch.log().startsWith(Path.of("").toAbsolutePath())
                ? Path.of("").toAbsolutePath().relativize(launch.log())
                : launch.log();
        try (FileChannel log = FileChannel.open(launch.log())) {
            log.position(Math.max(0, log.size() - TAIL_BYTES));
            String text =
                    new String(Channels.newInputStream(log).readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
            List<String> lines = text.lines().toList();
            return "The end of " + shown + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "It has no log in " + shown + ".";
        }
    }

    /** That it ended, how, and the end of its log. */
    public Failure failure(String when) {
        return new Failure(name() + " ended " + when + " (" + end() + "). " + logTail());
    }
}

package io.freshet.harness.command;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A checkout of its own in which every program is a stand-in, to run the commands in. */
final class Workshop {
    static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String QUICK = " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp ";
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    private static final String NODE_STUB = """
            const port = process.argv[process.argv.findIndex((argument) => /^--\\w+Port$/.test(argument)) + 1];
            require('http').createServer((request, response) => response.end('{}')).listen(Number(port), '127.0.0.1');
            """;

    private final Path root;
    private final List<Run> runs = new ArrayList<>();

    Workshop(Path root) {
        this.root = root;
        write("tools/azurite/mends.cjs", "");
        for (String kind : List.of("blob", "queue", "table")) {
            write("tools/azurite/node_modules/azurite/dist/src/" + kind + "/main.js", NODE_STUB);
        }
        for (String module : List.of("gateway", "worker", "watcher")) {
            write(module + "/target/quarkus-app/quarkus-run.jar", "");
        }
        String stub = "exec " + JAVA + QUICK + CLASS_PATH + " " + StubService.class.getName() + " \"$@\"\n";
        String deaf = "[ -n \"$STUB_DEAF\" ] && case \"$*\" in *$STUB_DEAF/target*) trap '' TERM ;; esac\n";
        write("jdk/bin/java", "#!/bin/sh\n" + deaf + stub).toFile().setExecutable(true);
        write(
                "Makefile",
                "up demo:\n\t@true && exec " + JAVA + QUICK + CLASS_PATH + " " + Main.class.getName() + " $@\n");
    }

    Path root() {
        return root;
    }

    /** Runs a command. */
    Run run(String command, Map<String, String> environment) {
        List<String> program = new ArrayList<>(List.of((JAVA + QUICK).strip().split(" ")));
        program.addAll(List.of(CLASS_PATH, Main.class.getName(), command));
        return run(program, environment);
    }

    /** As make runs it. */
    Run runByMake(String command, Map<String, String> environment) {
        return run(List.of("make", command), environment);
    }

    /** With signals as they are by default: a shell that runs tests in the background has had SIGINT ignored. */
    private Run run(List<String> program, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(program);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("MAKELEVEL", "MAKEFLAGS"));
        builder.environment().putAll(Map.of("JAVA_HOME", root.resolve("jdk").toString(), "DEMO_LINES", "1000"));
        builder.environment().putAll(environment);
        try {
            Run run = new Run(builder.start());
            runs.add(run);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Command lines of what still runs out of this workshop, and contains that. */
    List<String> survivors(String what) {
        return processes()
                .map(Workshop::commandLine)
                .filter(line -> line.contains(root + what))
                .toList();
    }

    void awaitNoSurvivors() {
        Awaitility.await("nothing is left behind")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> survivors("").isEmpty());
    }

    /** A process whose command line has this path of the workshop. */
    ProcessHandle process(String path) {
        return processes()
                .filter(process -> commandLine(process).contains(root + "/" + path))
                .findFirst()
                .flatMap(process ->
                        ProcessHandle.of(Long.parseLong(process.getFileName().toString())))
                .orElseThrow();
    }

    private static Stream<Path> processes() {
        try (Stream<Path> files = Files.list(Path.of("/proc"))) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    String results() {
        try {
            return Files.readString(root.resolve(".run/latest/results.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test that failed may have left its run. */
    void close() {
        runs.forEach(run -> run.process.destroy());
    }

    Path write(String file, String text) {
        try {
            Path target = root.resolve(file);
            Files.createDirectories(target.getParent());
            return Files.writeString(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that runs. */
    static final class Run {
        private final Process process;
        private final StringBuffer output = new StringBuffer();
        private final CompletableFuture<Void> read;

        private Run(Process process) {
            this.process = process;
            this.read = CompletableFuture.runAsync(
                    this::read, task -> Thread.ofVirtual().start(task));
        }

        private void read() {
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                char[] some = new char[4_096];
                for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
                    output.append(some, 0, count);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String output() {
            return output.toString();
        }

        /** Waits until the output matches. */
        void says(String pattern) {
            Pattern wanted = Pattern.compile(pattern, Pattern.MULTILINE);
            Awaitility.await("it says " + pattern)
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> wanted.matcher(output).find() || !process.isAlive());
            if (!wanted.matcher(output()).find()) {
                throw new AssertionError("ended without saying " + pattern + ":\n" + output);
            }
        }

        void signal(String name) {
            try {
                new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        boolean endsWithin(Duration limit) {
            try {
                return process.waitFor(limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Its exit code. */
        int end() {
            if (!endsWithin(LIMIT)) {
                throw new AssertionError("It does not end:\n" + output);
            }
            read.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            return process.exitValue();
        }
    }
}

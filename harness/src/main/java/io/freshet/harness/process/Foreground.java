package io.freshet.harness.process;

import io.freshet.harness.Failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs that are run to their end. They end with us, whatever ends us. */
public final class Foreground {
    private Foreground() {}

    /** What it prints is the user's; fails if it does not end well. */
    public static void run(List<String> command, Path directory, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(OwnGroup.of(command))
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        int code = await(command, builder);
        if (code != 0) {
            throw new Failure(Path.of(command.getFirst()).getFileName() + " ended with " + code + ": see above.");
        }
    }

    private static int await(List<String> command, ProcessBuilder builder) {
        try {
            Process process = builder.start();
            return Child.hold(process).waitFor();
        } catch (IOException e) {
            throw notStarted(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    /** What it prints; what it complains of is nobody's. */
    public static String said(List<String> command, Path directory, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(OwnGroup.of(command))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            Process process = Child.hold(builder.start());
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new Failure(String.join(" ", command) + " failed: " + said.strip());
            }
            return said;
        } catch (IOException e) {
            throw notStarted(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    /** @param said output of both kinds, as it would have been seen */
    public record Outcome(int exit, String said) {}

    /** All that it says; fails with that, and with what it is called, if it does not end well. */
    public static String output(List<String> command, Path directory, String name) {
        Outcome outcome = attempt(command, directory);
        if (outcome.exit() != 0) {
            throw new Failure(name + " failed: " + outcome.said().strip());
        }
        return outcome.said();
    }

    /** However it ends. */
    public static Outcome attempt(List<String> command, Path directory) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), said);
        } catch (IOException e) {
            throw notStarted(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    private static Failure notStarted(List<String> command, IOException e) {
        return new Failure(command.getFirst() + " could not be started: is it on the PATH?", e);
    }
}

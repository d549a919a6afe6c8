package io.freshet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program that is run to its end. */
final class Command {
    private Command() {}

    /** @param output of both kinds, as it would have been seen */
    record Outcome(int exit, String output) {}

    /** The output of a program that has to succeed. */
    static String run(Path directory, List<String> command) {
        Outcome outcome = attempt(directory, command);
        if (outcome.exit() != 0) {
            throw new AssertionError(
                    String.join(" ", command) + " ended with " + outcome.exit() + ":\n" + outcome.output());
        }
        return outcome.output();
    }

    static Outcome attempt(Path directory, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(command.getFirst() + " cannot be run: is it on the PATH?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

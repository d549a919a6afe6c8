package io.freshet.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What Kubernetes shows of a container that has ended; there is a file for it where Kubernetes runs us. */
final class TerminationMessage {
    private static final Path FILE = Path.of("/dev/termination-log");
    private static final int MOST_CHARACTERS = 1_000;

    private final Path file;

    TerminationMessage() {
        this(FILE);
    }

    TerminationMessage(Path file) {
        this.file = file;
    }

    void write(String text) {
        if (!Files.isWritable(file)) {
            return;
        }
        try {
            Files.writeString(
                    file,
                    text.substring(0, Math.min(MOST_CHARACTERS, text.length())),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            // the same is in the log
        }
    }
}

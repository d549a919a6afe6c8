package io.freshet.harness.command;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The terminal that we may run in. */
final class Terminal {
    private static final int USUAL = 80;

    private Terminal() {}

    /** How wide it is; 0 if there is none. */
    static int columns() {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return 0;
        }
        try {
            Process size = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .start();
            String[] said = new String(size.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split("\\s+", -1);
            return said.length == 2 ? Math.max(1, Integer.parseInt(said[1])) : USUAL;
        } catch (IOException | NumberFormatException e) {
            return USUAL;
        }
    }
}

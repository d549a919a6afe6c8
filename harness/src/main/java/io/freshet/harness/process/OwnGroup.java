package io.freshet.harness.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Process groups: a Ctrl-C on the terminal reaches us alone, and we end the others in order; what a program has started
 * itself is ended with it.
 */
final class OwnGroup {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    /** Where there is no setsid, as on macOS. */
    private static final List<String> PERL = List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV", "--");

    private OwnGroup() {}

    /** The command line that runs a program in a group of its own, under the process id that it is started with. */
    static List<String> of(List<String> command) {
        List<String> inGroup = new ArrayList<>(Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : PERL);
        inGroup.addAll(command);
        return inGroup;
    }

    static List<String> of(String... command) {
        return of(List.of(command));
    }

    /** Signals all that is left of a group, or the one program that is not in its group yet; nothing if nothing is left. */
    static void signal(long group, String signal) {
        try {
            new ProcessBuilder(
                            "/bin/sh", "-c", String.format("kill -s %1$s -- -%2$d || kill -s %1$s %2$d", signal, group))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("There is no /bin/sh", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.freshet.harness.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Ends process groups when this process dies without having ended them. */
final class Leash {
    /**
     * The shell reads the list of groups, one line each time it changes. Its input ends when we do, by SIGKILL as well;
     * what is on the list then has been left behind. A program that has only just been started may not have its group yet.
     */
    private static final String SCRIPT = """
            held=
            while read -r line; do held=$line; done
            [ -z "$held" ] && exit 0
            for group in $held; do kill -s TERM -- "-$group" || kill -s TERM "$group"; done
            sleep 3
            for group in $held; do kill -s KILL -- "-$group" || kill -s KILL "$group"; done
            """;

    private final Set<Long> held = new TreeSet<>();
    private final OutputStream shell;

    Leash() {
        try {
            shell = new ProcessBuilder(OwnGroup.of("/bin/sh", "-c", SCRIPT))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream();
        } catch (IOException e) {
            throw new IllegalStateException("There is no /bin/sh", e);
        }
    }

    synchronized void hold(long group) {
        held.add(group);
        tell();
    }

    synchronized void release(long group) {
        held.remove(group);
        tell();
    }

    private void tell() {
        String list = held.stream().map(String::valueOf).collect(Collectors.joining(" ", "", "\n"));
        try {
            shell.write(list.getBytes(StandardCharsets.US_ASCII));
            shell.flush();
        } catch (IOException e) {
            throw new IllegalStateException("The shell that ends what we leave behind is gone", e);
        }
    }
}

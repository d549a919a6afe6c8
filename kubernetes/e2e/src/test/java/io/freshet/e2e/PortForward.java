package io.freshet.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A free port of this machine that leads to a port of a pod, by the program that people use for it. */
final class PortForward implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) .*");

    private final Process process;
    private final int port;

    PortForward(String namespace, String pod, int podPort) {
        try {
            process = new ProcessBuilder(
                            "kubectl", "port-forward", "--namespace", namespace, "pod/" + pod, ":" + podPort)
                    .redirectErrorStream(true)
                    .start();
            port = listening(process.inputReader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    private static int listening(BufferedReader output) throws IOException {
        String line = output.readLine();
        Matcher matcher = LISTENING.matcher(String.valueOf(line));
        if (!matcher.matches()) {
            throw new AssertionError("kubectl port-forward: " + line);
        }
        // what else it says must not fill the pipe
        Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
        return Integer.parseInt(matcher.group(1));
    }

    @Override
    public void close() {
        process.destroy();
    }
}

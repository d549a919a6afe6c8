package io.freshet.system;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One packaged service as a process of its own, which can be killed, paused, ended and started again. */
final class Service implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int SHOWN_LOG_CHARACTERS = 6_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Launch launch;
    private volatile Process process;
    private volatile @Nullable Process killed;
    private volatile boolean paused;

    /**
     * How a service is started.
     *
     * @param command program and arguments
     * @param log where everything that it prints goes; kept when it is started again
     */
    record Launch(String name, List<String> command, int port, Map<String, String> environment, Path log) {}

    Service(Launch launch) {
        this.launch = launch;
    }

    String name() {
        return launch.name();
    }

    /** What it is set by. */
    Map<String, String> environment() {
        return launch.environment();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + launch.port());
    }

    /** Starts the process without waiting for it. */
    void launch() {
        launch(Map.of());
    }

    /** As {@link #launch()}, with more environment for this time. */
    void launch(Map<String, String> more) {
        ProcessBuilder builder = new ProcessBuilder(launch.command());
        builder.environment().putAll(launch.environment());
        builder.environment().putAll(more);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process serves; whoever kills it meanwhile starts it again, and waits for that. */
    void awaitReady() {
        Process started = process;
        Awaitility.await(launch.name() + " is ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !started.isAlive() || isReady());
        if (!started.isAlive() && started != killed) {
            throw new IllegalStateException(launch.name() + " ended with " + started.exitValue() + "\n" + logTail());
        }
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url().resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL: the process has no chance to do anything. */
    void kill9() {
        Process victim = process;
        killed = victim;
        victim.destroyForcibly();
        awaitExit();
    }

    /** SIGSTOP: the process stands still and knows nothing of it. */
    void pause() {
        paused = true;
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    boolean wasPaused() {
        return paused;
    }

    /** SIGTERM without waiting. */
    void requestEnd() {
        signal("TERM");
    }

    /** SIGTERM; gives the exit code. */
    int terminate() {
        requestEnd();
        return awaitExit();
    }

    /** Waits until the process has ended by itself; gives the exit code. */
    int awaitExit() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(launch.name() + " does not end\n" + logTail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it, after its end, on the same port. */
    void start() {
        start(Map.of());
    }

    /** As {@link #start}, with more environment for this time. */
    void start(Map<String, String> more) {
        launch(more);
        awaitReady();
    }

    /** Brings it back to serving, whatever was done to it. */
    void revive() {
        if (process.isAlive()) {
            resume();
        } else {
            start();
        }
    }

    /** Everything printed from that many bytes on. */
    String log(long from) {
        try {
            byte[] all = Files.readAllBytes(launch.log());
            int start = (int) Math.min(from, all.length);
            return new String(all, start, all.length - start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long logLength() {
        return launch.log().toFile().length();
    }

    String logTail() {
        String log = log(0);
        return "--- " + launch.name() + ", " + launch.log() + "\n"
                + log.substring(Math.max(0, log.length() - SHOWN_LOG_CHARACTERS));
    }

    @Override
    public void close() {
        if (process != null) {
            kill9();
        }
    }

    private void signal(String name) {
        Process target = process;
        try {
            List<String> command = List.of("kill", "-" + name, Long.toString(target.pid()));
            int code = new ProcessBuilder(command).start().waitFor();
            if (code != 0 && target.isAlive()) {
                throw new IllegalStateException(command + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

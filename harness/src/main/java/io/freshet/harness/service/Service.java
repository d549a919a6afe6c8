package io.freshet.harness.service;

import io.freshet.harness.process.Child;
import io.freshet.harness.process.Launch;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** One packaged service as a process of its own, which can be killed, paused, ended and started again. */
public final class Service implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final int ANSWER_MS = 5_000;
    private static final int SHOWN_LOG_CHARACTERS = 6_000;

    private final String module;
    private final Launch launch;
    private final int port;
    private volatile @Nullable Child process;
    private volatile @Nullable Child killed;
    private volatile boolean paused;

    /** @param module {@code gateway}, {@code worker} or {@code watcher} */
    public Service(String module, Launch launch, int port) {
        this.module = module;
        this.launch = launch;
        this.port = port;
    }

    public String module() {
        return module;
    }

    public String name() {
        return launch.name();
    }

    /** What it is set by. */
    public Map<String, String> environment() {
        return launch.environment();
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The process that runs, or ran last. */
    public Child process() {
        Child now = process;
        if (now == null) {
            throw new IllegalStateException(name() + " was not started");
        }
        return now;
    }

    public boolean wasStarted() {
        return process != null;
    }

    public long pid() {
        return process().pid();
    }

    public boolean isAlive() {
        return process().isAlive();
    }

    /** Starts the process without waiting for it. */
    public void launch() {
        launch(Map.of());
    }

    /** As {@link #launch()}, with more environment for this time. */
    public void launch(Map<String, String> more) {
        process = Child.start(launch.with(more));
    }

    /** Waits until the process serves; whoever kills it meanwhile starts it again, and waits for that. */
    public void awaitReady() {
        Child started = process();
        started.awaitReady(() -> answers("/q/health/ready") || started == killed, START);
    }

    /** Whether the path is answered with 200. */
    public boolean answers(String path) {
        return answers(url().resolve(path));
    }

    /** Whether the address is answered with 200. */
    public static boolean answers(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(ANSWER_MS);
            connection.setReadTimeout(ANSWER_MS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL: the process has no chance to do anything. */
    public void kill9() {
        Child victim = process();
        killed = victim;
        victim.kill();
        awaitExit();
    }

    /** SIGSTOP: the process stands still and knows nothing of it. */
    public void pause() {
        paused = true;
        process().signal("STOP");
    }

    public void resume() {
        process().signal("CONT");
    }

    public boolean wasPaused() {
        return paused;
    }

    /** SIGTERM without waiting. */
    public void requestEnd() {
        process().signal("TERM");
    }

    /** SIGTERM; gives the exit code. */
    public int terminate() {
        requestEnd();
        return awaitExit();
    }

    /** Waits until the process has ended by itself; gives the exit code. */
    public int awaitExit() {
        Child ending = process();
        if (!ending.ends(STOP)) {
            throw new IllegalStateException(name() + " does not end\n" + logTail());
        }
        return ending.exitCode();
    }

    /** Starts it, after its end, on the same port. */
    public void start() {
        start(Map.of());
    }

    /** As {@link #start()}, with more environment for this time. */
    public void start(Map<String, String> more) {
        launch(more);
        awaitReady();
    }

    /** Brings it back to serving, whatever was done to it. */
    public void revive() {
        if (isAlive()) {
            resume();
        } else {
            start();
        }
    }

    /** Everything printed from that many bytes on. */
    public String log(long from) {
        try {
            byte[] all = Files.readAllBytes(launch.log());
            int start = (int) Math.min(from, all.length);
            return new String(all, start, all.length - start, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long logLength() {
        return launch.log().toFile().length();
    }

    public String logTail() {
        String log = log(0);
        return "--- " + name() + ", " + launch.log() + "\n"
                + log.substring(Math.max(0, log.length() - SHOWN_LOG_CHARACTERS));
    }

    @Override
    public void close() {
        if (process != null) {
            kill9();
        }
    }
}

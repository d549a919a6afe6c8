package io.freshet.harness.process;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ChildTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private Child start(String script) {
        List<String> command = List.of("/bin/sh", "-c", script);
        return Child.start(new Launch("child", command, directory.resolve("child.log")).ending(Duration.ofMillis(100)));
    }

    @Test
    void whatDiesWhileStartingShowsTheEndOfItsLog() {
        Child child = start("seq 20; echo the reason >&2; exit 3");

        assertThatThrownBy(() -> child.awaitReady(() -> false, LIMIT))
                .hasMessageStartingWith("child ended while starting (exit code 3). The end of ")
                .hasMessageContaining("child.log:\n7\n8\n")
                .hasMessageEndingWith("20\nthe reason");
    }

    @Test
    void whatIsTooSlowIsTold() {
        Child child = start("echo busy; exec sleep 60");

        assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(200)))
                .hasMessageStartingWith("child was not ready within 0 s. The end of ");
        child.kill();
    }

    @Test
    void whatIsDeafToSigtermIsKilledAfterItsGrace() {
        Child child = start("trap '' TERM; echo ready; while :; do sleep 60; done");
        child.awaitReady(() -> child.logTail().endsWith("ready"), LIMIT);

        child.stop();

        assertThat(child.end()).isEqualTo("SIGKILL");
    }

    @Test
    void whatAProgramHasStartedEndsWithIt() {
        Child child = start("sleep 60 & echo $!; wait");
        child.awaitReady(() -> child.logTail().matches("(?s).*\n\\d+"), LIMIT);
        String tail = child.logTail();
        long grandchild = Long.parseLong(tail.substring(tail.lastIndexOf('\n') + 1));
        assertThat(ProcessHandle.of(grandchild)).isPresent();

        child.kill();

        Awaitility.await("the grandchild has ended").atMost(LIMIT).until(() -> isGone(grandchild));
    }

    /** Nobody may have taken notice of its end. */
    private static boolean isGone(long pid) throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        Path status = Path.of("/proc", Long.toString(pid), "stat");
        return process.isEmpty()
                || !Files.exists(status)
                || Files.readString(status).contains(") Z ");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        Launch launch = new Launch("child", List.of(directory.resolve("nowhere").toString()), directory.resolve("log"));

        assertThatThrownBy(() -> Child.start(launch).awaitReady(() -> false, LIMIT))
                .hasMessageContaining("child ended while starting")
                .hasMessageContaining("nowhere");
    }
}

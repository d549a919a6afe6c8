package io.freshet.worker.handler.exec;

import io.freshet.failure.Transient;
import io.freshet.testing.Patience;
import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Results;
import io.freshet.worker.handler.MemoryLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** How a program is stopped, and how it waits. */
@Timeout(600)
class ExecFlowTest {

    private static final String PARENT_AND_CHILD = "sleep 600 & echo $!; echo $$; wait";

    private final PidResults pids = new PidResults();

    @AfterEach
    void leaveNothingBehind() {
        pids.handles().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void killsTheProgramAndItsChildrenAtTheTimeOut() {
        Exec exec = exec(PARENT_AND_CHILD, Duration.ofSeconds(1), Duration.ofSeconds(30));

        assertThatThrownBy(() -> exec.compute(MemoryLines.of("x"), pids))
                .isInstanceOf(Transient.class)
                .hasMessage("the command was killed after PT1S");

        assertThat(pids.handles()).hasSize(2);
        assertAllEnd();
    }

    @Test
    void killsAProgramThatDoesNotHeedTheSignalAfterTheGraceTime() {
        Exec exec = exec(
                "trap '' TERM; sleep 600 & echo $!; echo $$; while :; do wait; done",
                Duration.ofSeconds(1),
                Duration.ofMillis(200));

        assertThatThrownBy(() -> exec.compute(MemoryLines.of("x"), pids)).isInstanceOf(Transient.class);

        assertAllEnd();
    }

    @Test
    void killsAProgramThatNeverStopsWriting() {
        Exec exec = exec("yes", Duration.ofMillis(500), Duration.ofSeconds(30));

        assertThatThrownBy(() -> exec.compute(MemoryLines.of("x"), new NoResults()))
                .hasMessage("the command was killed after PT0.5S");
    }

    @Test
    void reportsStandardErrorOfAProgramThatTookTooLong() {
        Exec exec = exec("echo 'loading model' >&2; exec sleep 600", Duration.ofSeconds(1), Duration.ofSeconds(30));

        assertThatThrownBy(() -> exec.compute(MemoryLines.of("x"), pids))
                .hasMessage("the command was killed after PT1S: loading model");
    }

    @Test
    void killsTheProgramWhenItsThreadIsInterrupted() throws Exception {
        Exec exec = exec(PARENT_AND_CHILD, Duration.ofMinutes(10), Duration.ofSeconds(30));
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread computing = Thread.ofPlatform().start(() -> {
            try {
                exec.compute(MemoryLines.of("x"), pids);
            } catch (Exception e) {
                outcome.set(e);
            }
        });
        await().atMost(Patience.LIMIT).until(() -> pids.handles().size() == 2);

        computing.interrupt();
        computing.join();

        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertAllEnd();
    }

    @Test
    void killsTheProgramWhenResultsCannotBeWritten() {
        Exec exec = exec(PARENT_AND_CHILD, Duration.ofMinutes(10), Duration.ofSeconds(30));
        IllegalStateException broken = new IllegalStateException("storage is gone");
        pids.failAfter(2, broken);

        assertThatThrownBy(() -> exec.compute(MemoryLines.of("x"), pids)).isSameAs(broken);

        assertAllEnd();
    }

    @Test
    void readsNoFurtherThanTheBuffersHoldWhileResultsWait() throws Exception {
        CountedLines lines = new CountedLines(300_000);
        StallingResults results = new StallingResults(lines);

        exec("cat", Duration.ofMinutes(1), Duration.ofSeconds(5)).compute(lines, results);

        assertThat(results.takenInStall * 17).isBetween(64L << 10, 1L << 20);
        assertThat(results.written).isEqualTo(300_000);
        assertThat(results.last).isEqualTo(CountedLines.text(300_000));
    }

    private void assertAllEnd() {
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(pids.handles()).noneMatch(ExecFlowTest::runs));
    }

    /** A zombie waits for its parent only: it has no command any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static Exec exec(String command, Duration timeout, Duration killAfter) {
        return new Settings(Optional.of(command), timeout, killAfter).exec();
    }

    /** Takes each output line for a process id. */
    private static final class PidResults implements Results {
        private final List<ProcessHandle> handles = new CopyOnWriteArrayList<>();
        private int failing = Integer.MAX_VALUE;
        private RuntimeException failure = new IllegalStateException();

        void failAfter(int lines, RuntimeException thrown) {
            failing = lines;
            failure = thrown;
        }

        List<ProcessHandle> handles() {
            return handles;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            String pid = new String(bytes, offset, length, StandardCharsets.US_ASCII);
            handles.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
            if (handles.size() >= failing) {
                throw failure;
            }
        }

        @Override
        public void reject(Line line, String reason) {
            throw new AssertionError(reason);
        }
    }

    /** Waits at its first line until no further line is taken. */
    private static final class StallingResults implements Results {
        private final CountedLines lines;
        private long takenInStall;
        private long written;
        private String last = "";

        StallingResults(CountedLines lines) {
            this.lines = lines;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (written++ == 0) {
                await().during(Duration.ofMillis(300)).until(this::noFurtherLine);
            }
            if (length > 0) {
                last = new String(bytes, offset, length, StandardCharsets.US_ASCII);
            }
        }

        private boolean noFurtherLine() {
            long before = takenInStall;
            takenInStall = lines.taken();
            return takenInStall == before;
        }

        @Override
        public void reject(Line line, String reason) {
            throw new AssertionError(reason);
        }
    }

    /** Forgets everything. */
    private static final class NoResults implements Results {
        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public void reject(Line line, String reason) {}
    }
}

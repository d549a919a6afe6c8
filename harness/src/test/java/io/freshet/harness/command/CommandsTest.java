package io.freshet.harness.command;

import io.freshet.harness.process.Ports;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands as processes, with stand-ins for all that they start; survivors are looked for in /proc. */
@EnabledOnOs(OS.LINUX)
@Timeout(600)
final class CommandsTest {
    /** Less than a service is given to end by itself. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final String gatewayPort = Integer.toString(Ports.free());
    private final Map<String, String> up = Map.of(
            "GATEWAY_PORT",
            gatewayPort,
            "WATCHER_PORT",
            Integer.toString(Ports.free()),
            "AZURITE_PORT",
            Integer.toString(Ports.free(3)));
    private final String isUp = "^Freshet is up: http://127\\.0\\.0\\.1:" + gatewayPort + "$";

    @TempDir
    private Path root;

    private Workshop workshop;

    @BeforeEach
    void furnish() throws IOException {
        workshop = new Workshop(root.toRealPath());
    }

    @AfterEach
    void nothingIsLeftBehind() {
        workshop.close();
        workshop.awaitNoSurvivors();
    }

    private static Map<String, String> and(Map<String, String> environment, String variable, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(variable, value);
        return all;
    }

    @Test
    void theDemoEndsWellWhenEveryLineIsRightAndLeavesTheResultBehind() {
        Workshop.Run run = workshop.run("demo", Map.of());

        assertThat(run.end()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("all 1,000 result lines are right")
                .containsPattern("(?s)Completed 100 %: items 1,000/1,000, 100 items/s\n"
                        + ".*the output is right: 1,000 results, which add up to 2,000\n$");
        assertThat(workshop.results().lines()).hasSize(1000);
        workshop.awaitNoSurvivors();
    }

    @Test
    void oneWrongLineFailsTheDemoWhichShowsIt() {
        Workshop.Run run = workshop.run("demo", Map.of("STUB_WRONG_LINE", "417"));

        assertThat(run.end()).isEqualTo(1);
        assertThat(run.output())
                .containsPattern(
                        "Result line 417 is wrong\\.\n {2}expected {2}\\{\"id\":\"417\",.*\n {2}got {7}\\{\"wrong\":true\\}\n$");
        workshop.awaitNoSurvivors();
    }

    @Test
    void aWrongOutputOfTheOrchestrationFailsTheDemoWhichShowsIt() {
        Workshop.Run run = workshop.run("demo", Map.of("STUB_WRONG_SUM", "-1", "DEMO_INPUTS", "400"));

        assertThat(run.end()).isEqualTo(1);
        assertThat(run.output()).endsWith("The output's \"value\" is wrong.\n  expected  800\n  got       799\n");
        workshop.awaitNoSurvivors();
    }

    @Test
    void anOrchestrationThatDoesNotCompleteFailsTheDemo() {
        Workshop.Run run = workshop.run("demo", Map.of("STUB_INSTANCE_STATUS", "Terminated"));

        assertThat(run.end()).isEqualTo(1);
        assertThat(run.output()).contains("The instance ended as Terminated: ");
    }

    @Test
    void rightLinesOfAJobWithErrorsFailTheDemo() {
        Workshop.Run run = workshop.run("demo", Map.of("STUB_STATUS", "CompleteWithErrors"));

        assertThat(run.end()).isEqualTo(1);
        assertThat(run.output()).endsWith("The job ended as CompleteWithErrors.\n");
    }

    @Test
    void withoutAnEventStreamTheDemoAsks() {
        assertThat(workshop.run("demo", Map.of("STUB_WITHOUT_EVENTS", "1")).end())
                .isZero();
    }

    @Test
    void theReasonOfARefusedUploadIsToldInOneLine() {
        Workshop.Run run = workshop.run("demo", Map.of("STUB_REFUSES", "1"));

        assertThat(run.end()).isEqualTo(1);
        assertThat(run.output()).containsPattern("\nThe upload was answered 413 [A-Z][\\w ]+: line 7 is too long\n$");
        workshop.awaitNoSurvivors();
    }

    @Test
    void theUsersOwnFileIsRunWithoutTheCheck() {
        Path file = workshop.write("mine.json", "{\"id\":\"x\",\"value1\":1,\"value2\":2,\"op\":\"+\"}\n");

        Workshop.Run run = workshop.run("demo", Map.of("INPUT", file.toString()));

        assertThat(run.end()).as(run.output()).isZero();
        assertThat(workshop.results())
                .isEqualTo("{\"id\":\"x\",\"value1\":1.0,\"value2\":2.0,\"op\":\"+\",\"result\":3.0}\n");
        assertThat(run.output()).doesNotContainPattern("(?i)are right|orchestr");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Workshop.Run run = workshop.run("demo", Map.of("INPUT", "nowhere.json"));

        assertThat(run.end()).isEqualTo(1);
        assertThat(run.output()).isEqualTo("INPUT=nowhere.json cannot be read: there is no such file.\n");
    }

    @Test
    void aKilledWorkerDoesNotEndTheDemo() {
        Workshop.Run run = workshop.run("demo", Map.of("KILL_WORKER", "1", "STUB_PART_MS", "100"));

        assertThat(run.end()).as(run.output()).isZero();
        assertThat(run.output())
                .containsPattern("(?s)Killing worker-1 \\(kill -9\\) at 2 of 6 parts\\."
                        + ".*worker-1 died \\(SIGKILL\\); 1 left\\.");
    }

    @Test
    void theLastWorkersDeathEndsTheDemo() {
        Workshop.Run run = workshop.run("demo", Map.of("KILL_WORKER", "1", "STUB_PART_MS", "500", "WORKERS", "1"));

        assertThat(run.end()).isEqualTo(1);
        assertThat(run.output()).contains("worker-1 ended as the last worker (SIGKILL)");
        workshop.awaitNoSurvivors();
    }

    @Test
    void aServiceThatDiesWhileStartingShowsTheEndOfItsLog() {
        Workshop.Run run = workshop.run("up", and(up, "STUB_DIES", "watcher"));

        assertThat(run.end()).isEqualTo(1);
        assertThat(run.output())
                .containsPattern("watcher ended while starting \\(exit code 3\\)\\. "
                        + "The end of \\.run/.*watcher\\.log:\ncannot go on: the reason\n$");
        workshop.awaitNoSurvivors();
    }

    @Test
    void aServiceThatIsNotBuiltIsNamedWithTheRemedy() {
        Workshop.Run run = workshop.run("demo", Map.of("NATIVE", "1"));

        assertThat(run.end()).isEqualTo(1);
        assertThat(run.output()).endsWith("The gateway is not built as a native executable: run `make native`.\n");
    }

    @ParameterizedTest
    @CsvSource({"java, INT", "java, TERM", "make, INT", "make, TERM"})
    void upEndsEverythingOnASignal(String by, String signal) {
        Workshop.Run run = by.equals("make") ? workshop.runByMake("up", up) : workshop.run("up", up);
        run.says(isUp);

        run.signal(signal);

        assertThat(run.end()).as(run.output()).isIn(0, 2, 130, 143);
        assertThat(run.output()).contains("Stopped (interrupted by SIG" + signal + ")");
        assertThat(workshop.survivors("")).isEmpty();
    }

    @Test
    void theDemoInterruptedFailsAndEndsEverything() {
        Workshop.Run run = workshop.run("demo", Map.of("STUB_PART_MS", "5000"));
        run.says("Uploaded");

        run.signal("INT");

        assertThat(run.end()).isEqualTo(130);
        workshop.awaitNoSurvivors();
    }

    @Test
    void aSecondCtrlCDoesNotWaitForAServiceThatIsDeafToSigterm() {
        Workshop.Run run = workshop.run("up", and(up, "STUB_DEAF", "watcher"));
        run.says(isUp);

        run.signal("INT");
        assertThat(run.endsWithin(Duration.ofMillis(700)))
                .as("ended by the first")
                .isFalse();
        run.signal("INT");

        assertThat(run.endsWithin(SOON)).isTrue();
        assertThat(run.end()).isEqualTo(130);
        workshop.awaitNoSurvivors();
    }

    @Test
    void nothingIsLeftBehindEvenWhenTheHarnessItselfIsKilled() {
        Workshop.Run run = workshop.run("up", and(up, "STUB_DEAF", "watcher"));
        run.says(isUp);

        run.signal("KILL");

        workshop.awaitNoSurvivors();
    }

    @Test
    void aWorkerThatDiesUnderUpIsStartedAgain() {
        Workshop.Run run = workshop.run("up", up);
        run.says(isUp);

        workshop.process("worker/target").destroyForcibly();

        run.says("worker-\\d died \\(SIGKILL\\); it is started again\\.");
        Awaitility.await("two workers")
                .atMost(Workshop.LIMIT)
                .until(() -> workshop.survivors("/worker/target").size() == 2);
        run.signal("TERM");
        run.end();
    }

    @Test
    void aTakenPortIsNamedWithItsVariable() {
        Workshop.Run first = workshop.run("up", up);
        first.says(isUp);
        Map<String, String> other = and(
                and(up, "WATCHER_PORT", Integer.toString(Ports.free())),
                "AZURITE_PORT",
                Integer.toString(Ports.free(3)));

        Workshop.Run second = workshop.run("up", other);

        assertThat(second.end()).isEqualTo(1);
        assertThat(second.output())
                .startsWith("Port " + gatewayPort + " is taken: set GATEWAY_PORT to another port, ")
                .hasLineCount(1);
        first.signal("TERM");
        first.end();
    }
}

package io.freshet.worker.handler.exec;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.handler.MemoryLines;
import io.freshet.worker.handler.MemoryResults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(600)
class ExecTest {

    private final MemoryResults results = new MemoryResults();

    @Test
    void makesResultsOfTheProgramsOutputLines() throws Exception {
        exec("sed -e 's/^/</; s/$/>/'").compute(MemoryLines.of("a", "\u00e9 \uD83D\uDE00", "c"), results);

        assertThat(results.written()).containsExactly("<a>", "<\u00e9 \uD83D\uDE00>", "<c>");
    }

    @Test
    void startsTheProgramOnceForAPart() throws Exception {
        exec("wc -l").compute(MemoryLines.of("a", "b", "c"), results);

        assertThat(results.written()).extracting(String::strip).containsExactly("3");
    }

    @Test
    void runsAProgramWithoutLinesToo() throws Exception {
        exec("cat; echo end").compute(MemoryLines.of(), results);

        assertThat(results.written()).containsExactly("end");
    }

    @Test
    void keepsEmptyOutputLinesAndALastLineWithoutEnd() throws Exception {
        exec("printf 'a\\n\\n\\nb'").compute(MemoryLines.of("x"), results);

        assertThat(results.written()).containsExactly("a", "", "", "b");
    }

    @Test
    void needsACommand() {
        Exec exec = new Settings(Optional.empty(), Duration.ofMinutes(1), Duration.ofSeconds(1)).exec();

        assertThatThrownBy(() -> exec.compute(MemoryLines.of("x"), results))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("EXEC_COMMAND");
    }

    @Test
    void failsThePartWithExitCodeAndStandardError() {
        assertThatThrownBy(() -> exec("cat >/dev/null; echo out; echo 'no such model' >&2; exit 3")
                        .compute(MemoryLines.of("x"), results))
                .isInstanceOfSatisfying(
                        Transient.class, e -> assertThat(e.code()).isEqualTo(FailureCode.COMPUTATION_FAILED))
                .hasMessage("the command ended with exit code 3: no such model");
    }

    @Test
    void namesTheExitCodeAloneWhereStandardErrorIsEmpty() {
        assertThatThrownBy(() -> exec("exit 7").compute(MemoryLines.of("x"), results))
                .hasMessage("the command ended with exit code 7");
    }

    @Test
    void keepsOnlyTheEndOfALongStandardError() {
        // 120,000 bytes: the last 2048 begin in the middle of a character
        assertThatThrownBy(() -> exec("yes \u00e9 | head -n 40000 >&2; exit 1").compute(MemoryLines.of("x"), results))
                .message()
                .hasSizeBetween(1000, 1500)
                .endsWith("\u00e9\n\u00e9")
                .doesNotContain("\uFFFD");
    }

    @Test
    void namesAnUnknownProgram() {
        assertThatThrownBy(() -> exec("no-such-program-here").compute(MemoryLines.of("x"), results))
                .hasMessageContaining("exit code 127")
                .hasMessageContaining("no-such-program-here");
    }

    @Test
    void acceptsAProgramThatReadsNothing() throws Exception {
        exec("exec 0<&-; echo done").compute(new CountedLines(500_000), results);

        assertThat(results.written()).containsExactly("done");
    }

    @Test
    void acceptsAProgramThatStopsReading() throws Exception {
        exec("head -n 2").compute(new CountedLines(500_000), results);

        assertThat(results.written()).containsExactly(CountedLines.text(1), CountedLines.text(2));
    }

    @Test
    void failsAtALineWithoutEnd() {
        assertThatThrownBy(() -> exec("cat /dev/zero").compute(MemoryLines.of("x"), results))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("line of more than");
    }

    @Test
    void failsAsTheLinesDo() {
        Transient lost = new Transient(FailureCode.LEASE_LOST, "lost", null);
        Lines lines = () -> {
            throw lost;
        };

        assertThatThrownBy(() -> exec("cat").compute(lines, results)).isSameAs(lost);
    }

    @Test
    void doesNotTakeInterruptedLinesForTheirEnd() {
        Lines lines = () -> {
            throw new InterruptedException("shutting down");
        };

        assertThatThrownBy(() -> exec("cat").compute(lines, results))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("shutting down");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "HOME",
                "LANG",
                "LC_ALL",
                "LC_CTYPE",
                "TZ",
                "TMPDIR",
                "FRESHET_RUN_ID",
                "FRESHET_WORKER_MODE",
                "MODEL_DIR",
                "MODEL_KEY"
            })
    void showsWhatItIsToldToAndWhatProgramsNeed(String variable) {
        assertThat(showing("MODEL_DIR", "MODEL_KEY").environment().shows(variable))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STORAGEKEY",
                "STORAGEACCOUNT",
                "AZURE_STORAGE_CONNECTION_STRING",
                "EVENTGRIDSASKEY",
                "AZURE_CLIENT_SECRET",
                "AZURE_CLIENT_CERTIFICATE_PASSWORD",
                "AZURE_PASSWORD",
                "AZURE_FEDERATED_TOKEN_FILE",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "FRESHET_STORAGE_KEY",
                "FRESHET_STORAGE_CONNECTION_STRING",
                "FRESHET_STORAGE_CONTAINER",
                "FRESHET_OPENS",
                "FRESHET_LOCK_WITH",
                "FRESHET_ANY_SAS_TOKEN",
                "FRESHET_TOPIC_KEY",
                "freshet_storage_key",
                "PATHS",
                "MODEL_DIR2",
                "JAVA_TOOL_OPTIONS"
            })
    void hidesEverythingElse(String variable) {
        assertThat(showing("MODEL_DIR").environment().shows(variable)).isFalse();
    }

    @Test
    void givesTheProgramNothingButThat() throws Exception {
        exec("env | cut -d= -f1").compute(MemoryLines.of("x"), results);

        // sh adds these three itself
        assertThat(results.written())
                .contains("PATH")
                .allMatch(name -> name.matches("PWD|SHLVL|_|OLDPWD|LC_.*|FRESHET_.*|PATH|HOME|LANG|TZ|TMPDIR"));
    }

    private static Settings showing(String... variables) {
        return new Settings(
                Optional.of("cat"), Optional.of(List.of(variables)), Duration.ofMinutes(1), Duration.ofSeconds(5));
    }

    private static Exec exec(String command) {
        return new Settings(Optional.of(command), Duration.ofMinutes(1), Duration.ofSeconds(5)).exec();
    }
}

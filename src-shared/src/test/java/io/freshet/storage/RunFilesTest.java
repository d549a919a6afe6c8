package io.freshet.storage;

import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RunFilesTest {
    private static final RunId RUN = SampleRuns.ID;

    @Test
    void theNamesAreThoseThatWorkersOfTheOriginalSystemKnow() {
        assertThat(RunFiles.input(RUN)).isEqualTo("2026-11/8405256245329624086/input.json");
        assertThat(RunFiles.results(RUN)).isEqualTo("2026-11/8405256245329624086/results.json");
        assertThat(RunFiles.document(RUN)).isEqualTo("2026-11/8405256245329624086/run.json");
    }

    @Test
    void theMarkerIsNotInTheFolder() {
        assertThat(RunFiles.active(RUN)).doesNotStartWith(RunFiles.folder(RUN));
    }

    @Test
    void theResultsNameTellsTheRun() {
        assertThat(RunFiles.parseResults(RunFiles.results(RUN))).isEqualTo(RUN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11/1/output_.json",
                "2026-11/1/output_1.jsonx",
                "2026-11/1/output_1",
                "2026-11/1/sub/output_1.json",
                "2026-11/1/output_1234567890.json",
                "x2026-11/1/output_1.json",
                "2026-11/a/output_1.json",
                "2026-11/1/errors_1.json",
                "2026-11/1/results.json.tmp"
            })
    void otherBlobsAreNeither(String name) {
        assertThat(RunFiles.parseResults(name)).isNull();
    }

    @Test
    void foldersOfMonthsAndRunsAreToldFromOthers() {
        assertThat(RunFiles.isMonthFolder("2026-11/")).isTrue();
        assertThat(List.of("2026-13/", "active/", "2026-11", "x2026-11/")).noneMatch(RunFiles::isMonthFolder);
        assertThat(RunFiles.parseFolder(RunFiles.folder(RUN))).contains(RUN);
        assertThat(List.of("2026-11/", "2026-11/x/", "2026-13/1/", "2026-11/1"))
                .allSatisfy(folder -> assertThat(RunFiles.parseFolder(folder)).isEmpty());
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class StepTableTest {
    private final StepTable table = new Lab().table();

    @Test
    void eachStateHasItsSteps() {
        assertThat(names(SampleRuns.pending())).containsExactly("PlaceStep", "StartStep");
        assertThat(names(SampleRuns.running()))
                .containsExactly("PlaceStep", "DispatchStep", "OutcomesStep", "SettleStep", "BurstStep", "RepeatStep");
        assertThat(names(SampleRuns.suspended())).containsExactly("BurstStep", "OutcomesStep");
        assertThat(names(SampleRuns.finalizing())).containsExactly("FinalizeStep");
        for (Run run : List.of(
                SampleRuns.completed(), SampleRuns.completedWithErrors(), SampleRuns.failed(), SampleRuns.canceled())) {
            assertThat(names(run)).containsExactly("EndBurstStep", "CloseStep", "ReportStep", "ForgetStep");
        }
    }

    static List<Run> runs() {
        return SampleRuns.inEveryState();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void whatIsDeletedIsRemovedWhateverItWas(Run run) {
        assertThat(names(run.delete(SampleRuns.at(99)))).containsExactly("EndBurstStep", "DeleteStep");
    }

    private List<String> names(Run run) {
        return table.of(run).stream()
                .map(step -> step.getClass().getSimpleName())
                .toList();
    }
}

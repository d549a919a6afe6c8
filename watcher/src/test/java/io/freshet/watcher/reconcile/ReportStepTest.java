package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReportStepTest {
    private final Lab lab = new Lab();

    @Test
    void anEndedRunIsReported() {
        Run run = SampleRuns.completed();

        assertThat(Lab.next(new ReportStep(lab.report()).take(run))).isEqualTo(run);
        assertThat(lab.reported).containsExactly(run);
    }

    @Test
    void aRunThatCouldNotBeReportedGoesNoFurther() {
        ReportStep step =
                new ReportStep(run -> Uni.createFrom().failure(new IllegalStateException("Event Grid is away")));

        assertThatThrownBy(() -> Lab.now(step.take(SampleRuns.completed()))).hasMessage("Event Grid is away");
    }
}

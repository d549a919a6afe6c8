package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StartStepTest {
    private final Lab lab = new Lab();
    private final StartStep step = new StartStep(lab.store, lab.clock);

    @Test
    void aPendingRunRuns() {
        Run run = Lab.next(step.take(lab.submitted(2)));

        assertThat(run.state()).isInstanceOf(RunState.Running.class);
        assertThat(lab.stored()).isEqualTo(run);
    }

    @Test
    void aRunThatWasCanceledMeanwhileStaysCanceled() {
        Run pending = lab.submitted(2);
        lab.change(run -> run.cancel("a reason", lab.clock));

        Run run = Lab.next(step.take(pending));

        assertThat(run.state()).isInstanceOf(RunState.Canceled.class);
    }
}

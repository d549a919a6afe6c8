package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettleStepTest {
    private final Lab lab = new Lab();
    private final SettleStep step = new SettleStep(lab.store, lab.clock);

    @Test
    void aRunIsFinalizedWhenItsLastPartIsSettled() {
        Run almost = lab.done(lab.running(2), 0);
        assertThat(Lab.next(step.take(almost)).state()).isInstanceOf(RunState.Running.class);

        Run settled = Lab.next(step.take(lab.done(almost, 1)));

        assertThat(settled.state()).isInstanceOf(RunState.Finalizing.class);
        assertThat(lab.stored()).isEqualTo(settled);
    }

    @Test
    void aRunThatWasSuspendedMeanwhileIsNotFinalized() {
        Run settled = lab.done(lab.running(1), 0);
        lab.change(run -> run.suspend(lab.clock));

        assertThat(Lab.next(step.take(settled)).state()).isInstanceOf(RunState.Suspended.class);
    }
}

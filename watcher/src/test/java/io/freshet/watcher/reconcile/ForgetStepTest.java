package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForgetStepTest {
    private final Lab lab = new Lab();
    private final ForgetStep step = new ForgetStep(lab.store, lab.stalls);

    @Test
    void anEndedRunIsLookedAfterNoMore() {
        Run run = ended();
        lab.stalls.intervals(run.id(), "before");
        lab.clock.advance(Lab.INTERVAL);

        assertThat(Lab.now(step.take(run))).isEqualTo(Next.done());

        assertThat(lab.isMarked(run.id())).isFalse();
        assertThat(lab.stalls.intervals(run.id(), "before")).isZero();
    }

    @Test
    void aRunThatIsDeletedAtThisMomentIsMarkedAgain() {
        Run run = ended();
        lab.change(r -> r.delete(lab.clock));

        Lab.now(step.take(run));

        assertThat(lab.isMarked(run.id())).isTrue();
    }

    @Test
    void aRunThatIsGoneIsNotMarked() {
        Run run = ended();
        Lab.now(lab.store.remove(run.id()));

        Lab.now(step.take(run));

        assertThat(lab.isMarked(run.id())).isFalse();
    }

    private Run ended() {
        lab.running(1);
        return lab.change(r -> r.cancel("a reason", lab.clock));
    }
}

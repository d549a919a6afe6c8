package io.freshet.run;

import io.freshet.run.Items.Source;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class StepRunTest {
    private static final Clock NOW = SampleRuns.at(20);

    @Test
    void itsIdIsToldFromThatOfAJob() {
        RunId job = new RunId(SampleSteps.ID.month(), SampleSteps.ID.number());

        assertThat(SampleSteps.ID)
                .hasToString("step-2026-11-8405256245329624087")
                .isNotEqualTo(job);
        assertThat(RunId.read(SampleSteps.ID.toString())).contains(SampleSteps.ID);
        assertThat(RunId.read(job.toString())).contains(job);
        assertThat(SampleSteps.ID.blobPrefix()).isEqualTo("steps/2026-11/8405256245329624087");
        assertThat(SampleSteps.ID.compareTo(job)).isNotZero();
    }

    @Test
    void itsMessagesAreSentInTheOrderOfItsItems() {
        Run run = SampleSteps.running(new Source.Generated(20));

        assertThat(run.sent().size()).isZero();
        assertThat(run.dispatched(10, NOW).sent()).isEqualTo(ItemSet.first(11));
        assertThat(run.dispatched(Dispatch.ALL, NOW).sent()).isEqualTo(ItemSet.first(20));
    }

    @Test
    void oneFailedItemFailsIt() {
        Run settled = SampleSteps.running(new Source.Generated(2))
                .apply(List.of(SampleRuns.done(0), new ItemOutcome.Failed(1, "no")), NOW)
                .settle(NOW);

        assertThat(settled.end(NOW).state()).isInstanceOf(RunState.Failed.class);
    }
}

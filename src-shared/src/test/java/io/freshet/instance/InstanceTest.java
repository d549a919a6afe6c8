package io.freshet.instance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

import static io.freshet.instance.SampleInstances.RUN;
import static io.freshet.instance.SampleInstances.completed;
import static io.freshet.instance.SampleInstances.failed;
import static io.freshet.instance.SampleInstances.inStep;
import static io.freshet.instance.SampleInstances.later;
import static io.freshet.instance.SampleInstances.pending;
import static io.freshet.instance.SampleInstances.received;
import static io.freshet.instance.SampleInstances.resumed;
import static io.freshet.instance.SampleInstances.suspended;
import static io.freshet.instance.SampleInstances.terminated;
import static io.freshet.instance.SampleInstances.undecided;
import static io.freshet.instance.SampleInstances.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstanceTest {

    @Test
    void anInstanceBeginsPendingWithItsStartInTheHistory() {
        assertThat(pending().status()).isEqualTo(RuntimeStatus.PENDING);
        assertThat(pending().history()).containsExactly(new HistoryEvent.Started(later(0), "Compute", "{\"a\":1}", 0));
    }

    @Test
    void aStepThatIsDoneAsksTheOrchestration() {
        assertThat(undecided().position()).isEqualTo(new Position.Undecided(1, "{\"step\":{\"total\":4}}"));
        assertThat(undecided().status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(undecided().history())
                .contains(new HistoryEvent.StepCompleted(later(2), 1, new HistoryEvent.Task("sum", later(1)), "10"));
    }

    @Test
    void onlyTheRunOfTheStepComputesTheInstance() {
        assertThat(inStep().isComputedBy(RUN)).isTrue();
        assertThat(undecided().isComputedBy(RUN)).isFalse();
        assertThat(completed().runs()).containsExactly(RUN);
    }

    @Test
    void anEventThatWasWaitedForIsHandedOverAndNotedDown() {
        assertThat(received().position()).isEqualTo(new Position.Undecided(0, "{\"event\":\"x\"}"));
        assertThat(received().values().received()).isEqualTo("events/b");
        assertThat(received().history()).contains(new HistoryEvent.EventRaised(later(1), "Go", "\"x\""));
    }

    @Test
    void theOutputOfASuspendedOneIsTheReasonAndAfterAResumeThatOne() {
        assertThat(suspended().values().output()).isEqualTo("\"hold on\"");
        assertThat(resumed().values().output()).isEqualTo("\"go on\"");
        assertThat(resumed().status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(resumed().position()).isEqualTo(inStep().position());
        assertThat(completed().values().output()).isEqualTo("10");
    }

    @Test
    void suspendingAndResumingAgainChangesNothing() {
        assertThat(suspended().suspend("more", later(9))).isEqualTo(suspended());
        assertThat(inStep().resume("more", later(9))).isEqualTo(inStep());
        assertThat(pending().resume("more", later(9))).isEqualTo(pending());
    }

    @Test
    void aSuspendedOneTakesNothingButCommands() {
        Instance suspended = waiting().suspend(null, later(2));

        assertThatThrownBy(() -> suspended.received(new RaisedEvent("b", "Go", "1", later(2)), later(3)))
                .isInstanceOf(IllegalOperation.class);
        assertThatThrownBy(() -> suspended.timedOut(later(3))).isInstanceOf(IllegalOperation.class);
        assertThat(suspended.terminate(null, later(3)).status()).isEqualTo(RuntimeStatus.TERMINATED);
    }

    @Test
    void aTerminatedOneKeepsItsRunUntilItIsReleased() {
        assertThat(terminated().values().output()).isEqualTo("\"stop it\"");
        assertThat(terminated().isComputedBy(RUN)).isTrue();
        assertThat(terminated().released().isComputedBy(RUN)).isFalse();
        assertThat(terminated().history())
                .endsWith(
                        new HistoryEvent.Terminated(later(2), "stop it"),
                        new HistoryEvent.Ended(later(2), RuntimeStatus.TERMINATED, "\"stop it\""));
    }

    @Test
    void aFailureReadsAsTheOriginals() {
        assertThat(failed().values().output())
                .isEqualTo("\"Orchestrator function 'Compute' failed: The activity function 'sum' failed:"
                        + " \\\"item 7 is broken\\\". See the function execution logs for additional details.\"");
        assertThat(pending().orchestrationFailed("no", later(1)).values().output())
                .isEqualTo("\"Orchestrator function 'Compute' failed: no\"");
    }

    @Test
    void aRewindGoesOnWithTheFailedStepAndKeepsTheTimesOfWhatIsVoid() {
        Instance rewound = failed().rewind("again", later(3));

        assertThat(rewound.status()).isEqualTo(RuntimeStatus.RUNNING);
        assertThat(rewound.position())
                .isEqualTo(new Position.InStep(1, RUN, 2, new Position.Step("sum", new Inputs.Generated(4))));
        assertThat(rewound.values().output()).isNull();
        assertThat(rewound.history())
                .containsExactly(
                        failed().history().getFirst(),
                        new HistoryEvent.Generic(later(1), null),
                        new HistoryEvent.Generic(later(2), null),
                        new HistoryEvent.Generic(later(2), null),
                        new HistoryEvent.Generic(later(3), "again"),
                        new HistoryEvent.StepStarted(later(3), 1, "sum", RUN));
    }

    @Test
    void anOrchestrationThatThrewIsAskedAgainByARewind() {
        Instance rewound = undecided().orchestrationFailed("no", later(3)).rewind(null, later(4));

        assertThat(rewound.position()).isEqualTo(undecided().position());
    }

    static Stream<Instance> finished() {
        return Stream.of(completed(), failed(), terminated(), terminated().released());
    }

    @ParameterizedTest
    @MethodSource("finished")
    void aFinishedOneTakesNoCommands(Instance instance) {
        for (Runnable command : List.<Runnable>of(
                () -> instance.terminate(null, later(9)),
                () -> instance.suspend(null, later(9)),
                () -> instance.resume(null, later(9)))) {
            assertThatThrownBy(command::run)
                    .isInstanceOfSatisfying(
                            IllegalOperation.class, e -> assertThat(e.status()).isEqualTo(instance.status()));
        }
    }

    @Test
    void onlyAFailedOneIsRewound() {
        for (Instance instance : List.of(pending(), inStep(), suspended(), completed(), terminated())) {
            assertThatThrownBy(() -> instance.rewind(null, later(9))).isInstanceOf(IllegalOperation.class);
        }
    }
}

package io.freshet.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.freshet.run.SampleRuns.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RunTransitionsTest {

    /** What can be asked of a run: its name in failures, how it is asked, and the states that allow it. */
    private record Operation(String name, UnaryOperator<Run> apply, Set<String> allowedIn) {}

    private static final Map<String, Operation> OPERATIONS = Map.of(
            "start", new Operation("start", run -> run.start(at(50)), Set.of("Pending")),
            "settle", new Operation("settle", run -> run.settle(at(50)), Set.of()),
            "end", new Operation("end", run -> run.end(at(50)), Set.of("Finalizing")),
            "failMerge", new Operation("end", run -> run.failMerge("no", at(50)), Set.of("Finalizing")),
            "cancel",
                    new Operation(
                            "cancel",
                            run -> run.cancel("enough", at(50)),
                            Set.of("Pending", "Running", "Suspended", "Finalizing", "Canceled")),
            "suspend", new Operation("suspend", run -> run.suspend(at(50)), Set.of("Pending", "Running", "Suspended")),
            "resume", new Operation("resume", run -> run.resume(at(50)), Set.of("Pending", "Running", "Suspended")),
            "rerun", new Operation("rerun", run -> run.rerunFailed(at(50)), Set.of("CompletedWithErrors", "Failed")));

    static Stream<Arguments> illegal() {
        return combinations(false);
    }

    static Stream<Arguments> legal() {
        return combinations(true);
    }

    private static Stream<Arguments> combinations(boolean allowed) {
        return OPERATIONS.entrySet().stream()
                .flatMap(entry -> SampleRuns.inEveryState().stream()
                        .filter(run -> entry.getValue().allowedIn().contains(stateOf(run)) == allowed)
                        .map(run -> Arguments.of(entry.getKey(), stateOf(run), run)));
    }

    @ParameterizedTest(name = "{0} of a run that is {1}")
    @MethodSource("illegal")
    void anIllegalOperationNamesTheRunItsStateAndItself(String operation, String state, Run run) {
        IllegalTransition thrown = catchThrowableOfType(
                IllegalTransition.class, () -> OPERATIONS.get(operation).apply().apply(run));

        assertThat(thrown).as("a refusal").isNotNull();
        assertThat(thrown.id()).isEqualTo(run.id());
        assertThat(thrown.from()).isEqualTo(state);
        assertThat(thrown.operation()).isEqualTo(OPERATIONS.get(operation).name());
        assertThat(thrown).hasMessageContaining(run.id().toString()).hasMessageContaining(state);
    }

    @ParameterizedTest(name = "{0} of a run that is {1}")
    @MethodSource("legal")
    void aLegalOperationKeepsIdentityAndWhatWasAskedFor(String operation, String state, Run run) {
        Run after = OPERATIONS.get(operation).apply().apply(run);

        assertThat(after.id()).isEqualTo(run.id());
        assertThat(after.spec()).isEqualTo(run.spec());
    }

    @Test
    void theSamplesAreInEveryStateThereIs() {
        assertThat(SampleRuns.inEveryState().stream().map(RunTransitionsTest::stateOf))
                .containsExactlyInAnyOrderElementsOf(
                        RunStates.concrete().stream().map(Class::getSimpleName).collect(Collectors.toSet()));
    }

    @Test
    void aRunWithOpenItemsIsNotMerged() {
        Run almost = SampleRuns.running().apply(SampleRuns.done(0, SampleRuns.ITEMS - 1), at(30));

        IllegalTransition thrown = catchThrowableOfType(IllegalTransition.class, () -> almost.settle(at(31)));

        assertThat(thrown.operation()).isEqualTo("settle");
    }

    @Test
    void aSettledSuspendedRunIsNotMergedBeforeItIsResumed() {
        Run settled = SampleRuns.suspended().apply(SampleRuns.done(0, SampleRuns.ITEMS), at(30));

        IllegalTransition thrown = catchThrowableOfType(IllegalTransition.class, () -> settled.settle(at(31)));

        assertThat(thrown.from()).isEqualTo("Suspended");
        assertThat(settled.resume(at(32)).settle(at(33)).state()).isInstanceOf(RunState.Finalizing.class);
    }

    @Test
    void repeatingACommandChangesNothing() {
        Run suspended = SampleRuns.suspended();
        Run running = SampleRuns.running();
        Run pending = SampleRuns.pending();
        Run canceled = SampleRuns.canceled();
        Run deleted = running.delete(at(30));

        assertThat(suspended.suspend(at(99))).isSameAs(suspended);
        assertThat(running.resume(at(99))).isSameAs(running);
        assertThat(pending.resume(at(99))).isSameAs(pending);
        assertThat(canceled.cancel("again", at(99))).isSameAs(canceled);
        assertThat(deleted.delete(at(99))).isSameAs(deleted);
    }

    @Test
    void aResumedRunSendsItsMessagesAnew() {
        Run dispatched = SampleRuns.running().dispatched(Dispatch.ALL, at(11));

        Run resumed = dispatched.suspend(at(20)).resume(at(30));

        assertThat(dispatched.needsDispatch()).isFalse();
        assertThat(resumed.needsDispatch()).isTrue();
        assertThat(resumed.dispatch().generation()).isEqualTo(1);
    }

    @Test
    void aRunThatIsSuspendedBeforeItStartedIsResumedIntoRunning() {
        Run resumed = SampleRuns.pending().suspend(at(5)).resume(at(8));

        assertThat(resumed.state()).isEqualTo(new RunState.Running(SampleRuns.SUBMITTED.plusSeconds(8)));
        assertThat(resumed.timeline().started()).isEqualTo(SampleRuns.SUBMITTED.plusSeconds(8));
    }

    @Test
    void aRerunKeepsWhatIsDoneAndBeginsANewGeneration() {
        Run again = SampleRuns.completedWithErrors().rerunFailed(at(60));

        assertThat(again.state()).isInstanceOf(RunState.Pending.class);
        assertThat(again.progress().done()).isEqualTo(ItemSet.of(0, 1, 2));
        assertThat(again.progress().failed()).isEqualTo(ItemSet.EMPTY);
        assertThat(again.progress().failures()).isEmpty();
        assertThat(again.dispatch().generation()).isEqualTo(2);
        assertThat(again.timeline().ended()).isNull();
        assertThat(again.timeline().started()).isEqualTo(SampleRuns.SUBMITTED.plusSeconds(10));
    }

    @Test
    void aRerunThatSucceedsCompletes() {
        Run ended = SampleRuns.failed()
                .rerunFailed(at(60))
                .start(at(61))
                .apply(SampleRuns.done(0, SampleRuns.ITEMS), at(62))
                .settle(at(63))
                .end(at(64));

        assertThat(ended.state()).isInstanceOf(RunState.Completed.class);
    }

    @Test
    void aDeletedRunTakesNoWorkWhateverItsState() {
        assertThat(SampleRuns.inEveryState().stream().map(run -> run.delete(at(70))))
                .allSatisfy(run -> {
                    assertThat(run.isDeleted()).isTrue();
                    assertThat(run.isUnfinished()).isFalse();
                    assertThat(run.acceptsWork()).isFalse();
                    assertThat(run.acceptsMerge()).isFalse();
                });
    }

    private static String stateOf(Run run) {
        return run.state().getClass().getSimpleName();
    }
}

package io.freshet.coordination;

import com.fasterxml.jackson.databind.node.IntNode;
import io.freshet.coordination.StepRuns.StepState;
import io.freshet.instance.HistoryEvent.Failure;
import io.freshet.instance.Inputs;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.Position;
import io.freshet.instance.RuntimeStatus;
import io.freshet.orchestration.Moment;
import io.freshet.orchestration.Next;
import io.freshet.orchestration.Orchestration;
import io.freshet.orchestration.Orchestrations;
import io.freshet.orchestration.Start;
import io.freshet.orchestration.StepSummary;
import io.freshet.run.RunId;
import io.freshet.run.RunIds;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RaisedEvents;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.MovableClock;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceReconcilerTest {
    private static final InstanceId ID = new InstanceId("a");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-27T18:00:00Z"));
    private final InMemoryBlobStore blobs = new InMemoryBlobStore(clock);
    private final InstanceStore store = new InstanceStore(blobs);
    private final RaisedEvents events = new RaisedEvents(blobs);
    private final FakeRuns runs = new FakeRuns();
    private final RunIds ids = new RunIds(clock, bound -> runs.made++);
    private final InstanceReconciler reconciler = new InstanceReconciler(
            store,
            events,
            new Orchestrations(List.of(new TwoSteps(), new Endless())),
            new Progression(clock, ids::next),
            runs,
            clock);

    /** Two steps, and an approval for at most an hour between them. */
    private static final class TwoSteps implements Orchestration {
        @Override
        public String name() {
            return "TwoSteps";
        }

        @Override
        public Next begin(Start start) {
            return Next.fanOut("sum", start.inputs());
        }

        @Override
        public Next next(Moment moment) {
            if (moment.steps() == 2) {
                return Next.complete(moment.value());
            }
            if (moment.step() != null) {
                return Next.waitFor("Approved", Duration.ofHours(1)).keeping(moment.value());
            }
            return moment.isTimeout()
                    ? Next.fail("nobody approved")
                    : Next.fanOut("sum", new Inputs.Given(List.of(moment.kept().toString())));
        }
    }

    private static final class Endless implements Orchestration {
        @Override
        public String name() {
            return "Endless";
        }

        @Override
        public Next begin(Start start) {
            return Next.fanOut("sum", new Inputs.Generated(1));
        }

        @Override
        public Next next(Moment moment) {
            return begin(moment.start());
        }
    }

    private static final class FakeRuns implements StepRuns {
        private final List<String> calls = new ArrayList<>();
        private StepState state = new StepState.Computing(new Progress(1, 0, 4, 2.5));
        private int made;

        @Override
        public Uni<StepState> advance(Instance instance, Position.InStep step) {
            calls.add("advance " + step.number() + "." + step.generation());
            return Uni.createFrom().item(state);
        }

        @Override
        public Uni<Void> suspend(RunId run) {
            calls.add("suspend");
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> cancel(RunId run) {
            calls.add("cancel");
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> remove(RunId run) {
            calls.add("remove");
            return Uni.createFrom().voidItem();
        }
    }

    @Test
    void aStepShowsItsProgressUntilItIsComputed() {
        Instance instance = started("TwoSteps");

        assertThat(instance.position()).isInstanceOf(Position.InStep.class);
        assertThat(instance.values().customStatus())
                .isEqualTo("{\"completed\":1,\"failed\":0,\"total\":4,\"itemsPerSecond\":2.5}");
        assertThat(look()).isEqualTo(instance);
    }

    @Test
    void twoStepsAndAnEventBetweenThem() {
        started("TwoSteps");
        runs.state = computed(10);

        Instance waiting = look();
        assertThat(waiting.position())
                .isEqualTo(new Position.Waiting(1, "Approved", clock.instant().plus(Duration.ofHours(1))));
        await(events.raise(waiting, "approved", "true", clock.instant()));
        runs.state = computed(11);

        Instance end = look();
        assertThat(end.status()).isEqualTo(RuntimeStatus.COMPLETED);
        assertThat(end.values().output()).isEqualTo("11");
        assertThat(end.runs()).hasSize(2);
        assertThat(await(events.untaken(end, 10))).isEmpty();
    }

    @Test
    void anEventThatWasRaisedBeforeAnybodyWaitsCounts() {
        Instance instance = started("TwoSteps");
        await(events.raise(instance, "Approved", "true", clock.instant()));
        runs.state = computed(10);

        assertThat(look().status()).isEqualTo(RuntimeStatus.COMPLETED);
    }

    @Test
    void eventsThatNobodyWaitsForFinishNothing() {
        Instance instance = started("TwoSteps");
        for (int i = 0; i < 50; i++) {
            await(events.raise(instance, "ComputeComplete", "\"x\"", clock.instant()));
        }

        assertThat(look()).isEqualTo(instance);
    }

    @Test
    void aWaitEndsInTime() {
        started("TwoSteps");
        runs.state = computed(10);
        look();
        clock.advance(Duration.ofHours(1));

        assertThat(await(store.due(clock.instant()).collect().asList()))
                .extracting(InstanceStore.Mark::id)
                .contains(ID);
        assertThat(look().values().output()).isEqualTo("\"Orchestrator function 'TwoSteps' failed: nobody approved\"");
    }

    @Test
    void aSuspendedStepIsSuspendedAndGoesOnAfterwards() {
        started("TwoSteps");
        await(store.update(ID, i -> i.suspend(null, clock.instant())));
        runs.state = computed(10);

        assertThat(look().status()).isEqualTo(RuntimeStatus.SUSPENDED);
        assertThat(runs.calls).endsWith("suspend");
        await(store.update(ID, i -> i.resume(null, clock.instant())));
        assertThat(look().position()).isInstanceOf(Position.Waiting.class);
    }

    @Test
    void theRunOfATerminatedInstanceIsCanceled() {
        started("TwoSteps");
        await(store.update(ID, i -> i.terminate(null, clock.instant())));

        assertThat(look().position()).isEqualTo(new Position.Ended());
        assertThat(runs.calls).endsWith("cancel");
    }

    @Test
    void aFailedStepIsComputedAgainAfterARewind() {
        started("TwoSteps");
        runs.state = new StepState.Broken(new Failure("1 of 4 items failed", "item 3: no"), null);
        assertThat(look().status()).isEqualTo(RuntimeStatus.FAILED);

        await(store.update(ID, i -> i.rewind(null, clock.instant())));
        runs.state = computed(10);

        assertThat(look().position()).isInstanceOf(Position.Waiting.class);
        assertThat(runs.calls).endsWith("advance 1.1", "advance 1.2");
    }

    @Test
    void anOrchestrationHasTenStepsAtMost() {
        runs.state = computed(1);

        Instance end = started("Endless");

        assertThat(end.status()).isEqualTo(RuntimeStatus.FAILED);
        assertThat(end.values().output()).contains("at most 10 steps");
        assertThat(end.runs()).hasSize(10);
    }

    @Test
    void whatNobodyKnowsFails() {
        assertThat(started("Nobody").values().output()).contains("The function 'Nobody' doesn't exist");
    }

    @Test
    void anIdThatNobodyHasIsNothingToDo() {
        await(reconciler.reconcile(new InstanceId("b")));

        assertThat(await(store.find(new InstanceId("b")))).isEmpty();
    }

    private Instance started(String name) {
        Instance.Request request = new Instance.Request(name, null, "4", null);
        await(store.start(
                ID,
                generation ->
                        Instance.started(ID, request, new Instance.Execution("one", generation), clock.instant())));
        return look();
    }

    private Instance look() {
        await(reconciler.reconcile(ID));
        return await(store.find(ID)).orElseThrow();
    }

    private static StepState computed(int value) {
        return new StepState.Computed(new StepSummary(4, "output/a/", IntNode.valueOf(value)), null);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().indefinitely();
    }
}

package io.freshet.watcher.instances;

import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.Position;
import io.freshet.instance.RuntimeStatus;
import io.freshet.message.WorkMessage;
import io.freshet.run.ItemOutcome;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.run.SampleRuns;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.watcher.reconcile.ReconcilerLab;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.freshet.watcher.instances.InstancesLab.now;
import static org.assertj.core.api.Assertions.assertThat;

/** An instance from start to end, on the engine that computes jobs. */
class InstancesTest {
    private static final InstanceId ID = new InstanceId("a b");

    private final ReconcilerLab engine = new ReconcilerLab();
    private final InstancesLab lab = new InstancesLab(engine);

    @Test
    void aStartSendsAMessageForEachInputInTheFormOfTheOriginal() {
        start("3");

        assertThat(engine.sent())
                .map(message -> ((WorkMessage.ComputeItem) message).item())
                .containsExactly(input(0), input(1), input(2));
        assertThat(now(engine.inputs().describe("a%20b/2.json"))).isPresent();
        assertThat(run().id().isStep()).isTrue();
    }

    @Test
    void lookingAgainStartsNothingAnew() {
        start("3");
        RunId first = run().id();

        now(lab.instances.reconcile(ID));

        assertThat(run().id()).isEqualTo(first);
        assertThat(engine.sent()).hasSize(3);
    }

    @Test
    void progressIsShownOnceASecond() {
        start("3");
        Run moved = settle(SampleRuns.done(0));

        now(lab.instances.progressed(moved));
        now(lab.instances.progressed(settle(SampleRuns.done(1))));

        assertThat(instance().values().customStatus())
                .contains("\"completed\":1")
                .contains("\"total\":3");
    }

    @Test
    void theReducedValueIsTheEndWhoeverComputedTheItems() {
        start("2");
        output(0, "{\"result\":3}");
        output(1, "{\"input_id\":1,\"result\":1}");
        settle(SampleRuns.done(0), SampleRuns.done(1));

        RunId run = run().id();
        now(engine.reconciler().reconcile(run));
        now(lab.instances.moved(now(engine.store().find(run)).orElseThrow()));

        assertThat(instance().status()).isEqualTo(RuntimeStatus.COMPLETED);
        assertThat(instance().values().output())
                .isEqualTo("{\"completed\":2,\"failed\":0,\"total\":2,\"outputs\":\"output/a%20b/\",\"value\":4}");
        assertThat(instance().values().customStatus()).contains("\"completed\":2");
    }

    @Test
    void theEndOfAStepIsToldNoMoreThanOnceForEachLook() {
        start("1");
        output(0, "{\"result\":3}");
        settle(SampleRuns.done(0));
        RunId run = run().id();
        now(engine.reconciler().reconcile(run));
        assertThat(instance().status()).isEqualTo(RuntimeStatus.COMPLETED);
        engine.ends().clear();

        now(engine.reconciler().reconcile(run));

        assertThat(engine.ends()).hasSize(1);
    }

    @Test
    void aRewindRunsJustWhatFailed() {
        start("3");
        failed(SampleRuns.done(0), new ItemOutcome.Failed(1, "no"), SampleRuns.done(2));
        assertThat(instance().status()).isEqualTo(RuntimeStatus.FAILED);
        assertThat(instance().values().output()).contains("1 of 3 items failed: input 1: no");
        engine.sent().clear();

        now(lab.store.update(ID, i -> i.rewind("again", engine.clock().instant())));
        now(lab.instances.reconcile(ID));

        assertThat(engine.sent())
                .map(message -> ((WorkMessage.ComputeItem) message).item())
                .containsExactly(input(1));
        assertThat(run().state()).isInstanceOf(RunState.Running.class);
    }

    @Test
    void aRewindWritesWhatIsGone() {
        start("2");
        now(engine.inputs()
                .put(
                        "a%20b/1.json",
                        List.of(), new Attributes("application/json", Map.of("failure", "gone")), Condition.ALWAYS));
        failed(SampleRuns.done(0), new ItemOutcome.Failed(1, "gone"));

        now(lab.store.update(ID, i -> i.rewind("again", engine.clock().instant())));
        now(lab.instances.reconcile(ID));

        assertThat(now(engine.steps().find(run(), 1)).orElseThrow().isOpen()).isTrue();
        assertThat(now(engine.inputs().read("a%20b/1.json")).orElseThrow().bytes())
                .asString(StandardCharsets.UTF_8)
                .contains("\"input_data\":[1,1]");
    }

    @Test
    void aTerminatedInstancesRunIsCanceled() {
        start("3");
        RunId run = run().id();

        now(lab.store.update(ID, i -> i.terminate("enough", engine.clock().instant())));
        now(lab.instances.reconcile(ID));

        assertThat(now(engine.store().find(run)).orElseThrow().state()).isInstanceOf(RunState.Canceled.class);
    }

    @Test
    void aRunThatNoInstanceHasIsCanceled() {
        start("3");
        Run run = run();
        now(lab.store.update(
                ID, i -> i.terminate("enough", engine.clock().instant()).released()));

        now(lab.instances.moved(run));

        assertThat(now(engine.store().find(run.id())).orElseThrow().state()).isInstanceOf(RunState.Canceled.class);
    }

    @Test
    void aRunWhoseInstanceWasPurgedGoes() {
        start("3");
        Run run = run();
        now(lab.store.update(
                ID, i -> i.terminate("enough", engine.clock().instant()).released()));
        now(lab.store.purge(instance(), engine.clock().instant()));

        now(lab.instances.moved(run));

        assertThat(now(engine.store().find(run.id()))).isEmpty();
    }

    @Test
    void aSuspendedInstancesRunIsSuspendedAndResumed() {
        start("3");

        now(lab.store.update(ID, i -> i.suspend("wait", engine.clock().instant())));
        now(lab.instances.reconcile(ID));
        assertThat(run().state()).isInstanceOf(RunState.Suspended.class);

        now(lab.store.update(ID, i -> i.resume("go", engine.clock().instant())));
        now(lab.instances.reconcile(ID));
        assertThat(run().state()).isInstanceOf(RunState.Running.class);
    }

    @Test
    void outputsOfAnInstanceBeforeCountForNothing() {
        start("0");
        assertThat(now(lab.folders.runOf("a%20b"))).isPresent();

        start("2");

        Items.Blobs items = (Items.Blobs) run().spec().items();
        assertThat(items.folder()).isEqualTo(run().id().toString());
        assertThat(now(lab.folders.runOf(items.folder()))).contains(run().id());
        assertThat(now(new StepFolders(lab.store).runOf("a%20b"))).isEmpty();
    }

    @Test
    void givenInputsAreSentAsTheyAre() {
        start("{\"inputs\":[[1,2],{\"x\":\"\\n\"},\"y\"]}");

        assertThat(engine.sent())
                .map(message -> ((InputBlob) ((WorkMessage.ComputeItem) message).item()).data())
                .containsExactly("[1,2]", "{\"x\":\"\\n\"}", "\"y\"");
    }

    @Test
    void blobsThatAreThereAreInputsInTheOrderOfTheirNames() {
        InMemoryBlobStore open =
                open("lake", "in/b", "[2]", "in/a", "{\"input_data\":[1]}", "in/c d", "no JSON", "x", "[9]");

        start("{\"inputPrefix\":\"lake/in/\"}");

        assertThat(engine.sent())
                .map(message -> ((InputBlob) ((WorkMessage.ComputeItem) message).item()).data())
                .containsExactly("[1]", "[2]", "\"no JSON\"");
        assertThat(now(engine.inputs().read("a%20b/0.json")).orElseThrow().bytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"input_data\":[1],\"input_id\":0,\"instance_id\":\"a b\"}");
        now(open.put("in/0", List.of(), Attributes.ofType("text/plain"), Condition.ALWAYS));
        assertThat(now(engine.steps().page(run(), 9, null)).items()).hasSize(3);
    }

    @Test
    void manyBlobsAreListedOnceAndTakenByWindowsAndOneThatHasGoneFailsItsItemAlone() {
        String[] blobs = IntStream.range(0, 1_000)
                .boxed()
                .flatMap(i -> Stream.of("in/%04d".formatted(i), "[" + i + "]"))
                .toArray(String[]::new);
        InMemoryBlobStore open = open("lake", blobs);
        start("{\"inputPrefix\":\"lake/in/\"}");
        assertThat(engine.sent()).hasSize(512);
        assertThat(run().itemCount()).isEqualTo(1_000);

        now(open.delete("in/0600", null));
        settle(IntStream.range(0, 500).mapToObj(SampleRuns::done).toArray(ItemOutcome[]::new));
        now(engine.reconciler().reconcile(run().id()));

        assertThat(engine.sent()).hasSize(1_000);
        assertThat(((WorkMessage.ComputeItem) engine.sent().get(600)).item())
                .isEqualTo(new InputBlob(600, "a b", "a%20b/600.json", null));
        assertThat(((WorkMessage.ComputeItem) engine.sent().get(601)).item())
                .isEqualTo(new InputBlob(601, "a b", "a%20b/601.json", "[601]"));
    }

    @Test
    void blobsOfAContainerThatIsNotOpenAreNoInputs() {
        start("{\"inputPrefix\":\"payroll/in/\"}");

        assertThat(instance().status()).isEqualTo(RuntimeStatus.FAILED);
        assertThat(instance().values().output()).contains("payroll/in/").contains("INPUTCONTAINERS");
    }

    @Test
    void aBlobThatIsTooLongForAnInputIsNamed() {
        open("lake", "in/a", "1".repeat((1 << 20) + 1));

        start("{\"inputPrefix\":\"lake/in/\"}");

        assertThat(instance().values().output()).contains("in/a has 1048577 bytes");
    }

    private InMemoryBlobStore open(String container, String... namesAndTexts) {
        InMemoryBlobStore open = new InMemoryBlobStore(engine.clock());
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            now(open.put(
                    namesAndTexts[i],
                    List.of(StandardCharsets.UTF_8.encode(namesAndTexts[i + 1])),
                    Attributes.ofType("text/plain"),
                    Condition.ALWAYS));
        }
        engine.existing().containers.put(container, open);
        return open;
    }

    @Test
    void whatIsDueIsLookedAtOnce() {
        lab.started(ID, "1");
        now(lab.store.markWaiting(ID, engine.clock().instant().minusSeconds(5)));

        now(lab.instances.sweep());

        assertThat(engine.sent()).hasSize(1);
        assertThat(now(lab.store.due(engine.clock().instant()).collect().asList()))
                .isEmpty();
    }

    @Test
    void whatCannotBeReducedHereIsLeftToAWorker() {
        start("1");
        settle(SampleRuns.done(0));

        now(engine.reconciler().reconcile(run().id()));

        assertThat(engine.sent().getLast()).isEqualTo(new WorkMessage.MergeResults(run().id(), 1));
    }

    private void output(int item, String text) {
        now(engine.outputs()
                .put(
                        "a%20b/" + item + ".json",
                        List.of(StandardCharsets.UTF_8.encode(text)),
                        Attributes.ofType("application/json"),
                        Condition.ALWAYS));
    }

    private void start(String input) {
        lab.started(ID, input);
        now(lab.instances.reconcile(ID));
    }

    private void failed(ItemOutcome... outcomes) {
        settle(outcomes);
        now(engine.reconciler().reconcile(run().id()));
        now(lab.instances.moved(run()));
    }

    private Run settle(ItemOutcome... outcomes) {
        return now(engine.store().update(run().id(), r -> r.apply(List.of(outcomes), engine.clock())));
    }

    private Instance instance() {
        return lab.now(ID);
    }

    private Run run() {
        return now(engine.store().find(((Position.InStep) instance().position()).run()))
                .orElseThrow();
    }

    private static InputBlob input(int item) {
        return new InputBlob(item, "a b", "a%20b/" + item + ".json", "[1,1]");
    }
}

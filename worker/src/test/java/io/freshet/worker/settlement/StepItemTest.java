package io.freshet.worker.settlement;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.items.ItemIndex;
import io.freshet.message.ControlMessage;
import io.freshet.message.WorkMessage.ComputeItem;
import io.freshet.run.Items.Source;
import io.freshet.run.Run;
import io.freshet.run.RunSpec;
import io.freshet.run.SampleRuns;
import io.freshet.run.SampleSteps;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.worker.WorkerLab;
import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.execution.Results;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.freshet.worker.WorkerLab.now;
import static org.assertj.core.api.Assertions.assertThat;

/** An attempt on the input of a step: its message is the claim. */
class StepItemTest {
    private static final String PATH = "a%20b/3.json";

    private final SettlementLab lab = new SettlementLab(this::compute);
    private final WorkerLab worker = lab.worker;
    private final Run run = testRun();
    private @Nullable Exception failure;
    private boolean rejects;

    /** Puts out what comes in, and a line too many. */
    private void compute(Lines lines, Results results) throws Exception {
        if (failure != null) {
            throw failure;
        }
        for (Line line = lines.next(); line != null; line = lines.next()) {
            if (rejects) {
                results.reject(line, "not this one");
            }
            results.write(line.text());
            results.write("ignored");
        }
    }

    private static Run testRun() {
        Run sum = SampleSteps.pending(new Source.Generated(4));
        RunSpec spec = new RunSpec("test", sum.spec().items(), null, sum.spec().placement(), null);
        return Run.submitted(sum.id(), spec, SampleRuns.SUBMITTED).start(SampleRuns.at(10));
    }

    @BeforeEach
    void create() {
        now(worker.store.create(run));
        put(worker.inputs, PATH, "{\"input_data\": [1, 1], \"input_id\": 3, \"instance_id\": \"a b\"}");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void itsFirstLineIsTheResult() {
        assertThat(now(lab.attempts.first(message(null)))).isEqualTo(new Settlement.Done());

        assertThat(output()).isEqualTo("{\"input_id\":3,\"instance_id\":\"a b\",\"result\":[1,1]}");
        assertThat(now(worker.blobLayout.results(run).collect().asList())
                        .getFirst()
                        .json())
                .isEqualTo("[1,1]");
    }

    @Test
    void whatTheMessageBringsIsNotReadAgain() {
        now(worker.inputs.delete(PATH, null));

        now(lab.attempts.first(message("{\"x\": \"y\"}")));

        assertThat(output()).contains("\"result\":{\"x\":\"y\"}");
    }

    @Test
    void anItemWhoseInputIsGoneFails() {
        now(worker.inputs.delete(PATH, null));
        String reason = "The input " + PATH + " is no longer in storage";

        assertThat(now(lab.attempts.first(message(null)))).isEqualTo(new Settlement.GivenUp(reason));

        assertThat(index().failure()).isEqualTo(reason);
        assertThat(worker.told).containsExactly(new ControlMessage.ItemFailed(run.id(), 3, reason));
    }

    @Test
    void anItemWhoseInputIsGoneWasPerhapsFinishedByAWorkerOfOthers() {
        now(worker.inputs.delete(PATH, null));
        put(worker.outputs, PATH, "{\"result\":7}");

        assertThat(now(lab.attempts.first(message(null)))).isEqualTo(new Settlement.Done());

        assertThat(now(worker.inputs.describe(PATH))).isEmpty();
    }

    @Test
    void anItemThatFailsWhileAnotherFinishesItIsDone() {
        failure = new Permanent(FailureCode.COMPUTATION_FAILED, "no");
        put(worker.outputs, PATH, "{\"result\":7}");

        assertThat(now(lab.attempts.first(message(null)))).isEqualTo(new Settlement.Done());

        assertThat(worker.told).isEmpty();
    }

    @Test
    void attemptsOnAnInputThatIsGoneAreCountedToo() {
        now(worker.inputs.delete(PATH, null));
        failure = new Transient(FailureCode.COMPUTATION_FAILED, "exit code 3", null);

        now(lab.attempts.first(message("[1]")));
        for (int attempt = 2; attempt < WorkerLab.ATTEMPTS; attempt++) {
            now(lab.attempts.again(message("[1]")));
        }

        assertThat(now(lab.attempts.again(message("[1]")))).isEqualTo(new Settlement.GivenUp("exit code 3"));
    }

    @Test
    void whatAnotherHasWrittenStays() {
        put(worker.outputs, PATH, "{\"result\":7}");

        assertThat(now(lab.attempts.first(message(null)))).isEqualTo(new Settlement.Done());
        assertThat(now(lab.attempts.again(message(null)))).isEqualTo(new Settlement.Done());
        assertThat(output()).isEqualTo("{\"result\":7}");
    }

    @Test
    void aRejectedLineFailsIt() {
        rejects = true;

        assertThat(now(lab.attempts.first(message(null)))).isEqualTo(new Settlement.GivenUp("not this one"));

        assertThat(index()).isEqualTo(ItemIndex.open(blob(null)).failed("not this one"));
        assertThat(worker.told).containsExactly(new ControlMessage.ItemFailed(run.id(), 3, "not this one"));
    }

    @Test
    void attemptsAreCountedInItsInput() {
        failure = new Transient(FailureCode.COMPUTATION_FAILED, "exit code 3", null);

        assertThat(now(lab.attempts.first(message(null)))).isInstanceOf(Settlement.Retry.class);
        assertThat(index().attempts()).isEqualTo(1);
        for (int attempt = 2; attempt < WorkerLab.ATTEMPTS; attempt++) {
            now(lab.attempts.again(message(null)));
        }
        assertThat(now(lab.attempts.again(message(null)))).isEqualTo(new Settlement.GivenUp("exit code 3"));
    }

    @Test
    void whatWasHandedOutTooOftenIsGivenUpUnlessItIsDone() {
        assertThat(now(lab.attempts.again(message(null), 3L * WorkerLab.ATTEMPTS)))
                .isEqualTo(new Settlement.Done());
        assertThat(now(lab.attempts.again(message(null), 3L * WorkerLab.ATTEMPTS + 1)))
                .isEqualTo(new Settlement.Done());
        now(worker.outputs.delete(PATH, null));

        assertThat(now(lab.attempts.again(message(null), 3L * WorkerLab.ATTEMPTS + 1)))
                .isInstanceOf(Settlement.GivenUp.class);
        assertThat(index().failure()).contains("delivered 10 times");
    }

    private ItemIndex index() {
        return now(worker.blobLayout.find(run, 3)).orElseThrow();
    }

    private String output() {
        return new String(now(worker.outputs.read(PATH)).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private ComputeItem message(@Nullable String data) {
        return new ComputeItem(run.id(), blob(data), 0);
    }

    private static InputBlob blob(@Nullable String data) {
        return new InputBlob(3, SampleSteps.INSTANCE, PATH, data);
    }

    private static void put(BlobStore store, String name, String text) {
        now(store.put(
                name,
                List.of(StandardCharsets.UTF_8.encode(text)),
                Attributes.ofType("application/json"),
                Condition.ALWAYS));
    }
}

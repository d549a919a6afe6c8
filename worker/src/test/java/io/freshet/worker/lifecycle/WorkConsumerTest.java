package io.freshet.worker.lifecycle;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.message.MessageCodec;
import io.freshet.queue.HeldWork;
import io.freshet.worker.WorkerLab;
import io.freshet.worker.merge.MergeLab;
import io.freshet.worker.settlement.SettlementLab;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a message by what became of its work. */
class WorkConsumerTest {
    private static final Transient BROKEN = new Transient(FailureCode.COMPUTATION_FAILED, "exit code 3", null);

    private final SettlementLab lab = new SettlementLab((lines, results) -> compute());
    private final WorkerLab worker = lab.worker;
    private final CompletableFuture<Object> settled = new CompletableFuture<>();
    private Step step = () -> {};
    private int computed;

    private interface Step {
        void take() throws Exception;
    }

    private void compute() throws Exception {
        computed++;
        step.take();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void doneWorkIsAcknowledged() {
        assertThat(serve(MessageCodec.write(worker.message(0)), 1)).isEqualTo("acknowledged");

        assertThat(worker.exists("output_1.json")).isTrue();
    }

    @Test
    void aMessageIsAcknowledgedAfterTheCommitAndNotBefore() {
        step = () -> assertThat(settled).isNotDone();

        assertThat(serve(MessageCodec.write(worker.message(0)), 1)).isEqualTo("acknowledged");
    }

    @Test
    void workThatIsNotThereIsAcknowledged() {
        worker.change(run -> run.suspend(WorkerLab.CLOCK));

        assertThat(serve(MessageCodec.write(worker.message(0)), 1)).isEqualTo("acknowledged");
        assertThat(computed).isZero();
    }

    @Test
    void whatMayHelpLaterComesAgain() {
        step = () -> {
            throw BROKEN;
        };

        assertThat(serve(MessageCodec.write(worker.message(0)), 1)).isSameAs(BROKEN);
    }

    @Test
    void whatIsGivenUpGoesToThePoisonQueueWithItsReason() {
        step = () -> {
            throw new Permanent(FailureCode.LINE_TOO_LONG, "a line is too long");
        };

        assertThat(serve(MessageCodec.write(worker.message(0)), 1))
                .isInstanceOfSatisfying(Permanent.class, p -> assertThat(p).hasMessage("a line is too long"));
    }

    @Test
    void whatNobodyUnderstandsGoesToThePoisonQueue() {
        assertThat(serve("no work", 1)).isInstanceOf(Permanent.class);
    }

    @Test
    void aRefusalBeforeTheClaimIsNoReasonToLoseTheMessage() {
        Permanent refused = new Permanent(FailureCode.STORAGE_REFUSED, "403");
        worker.fail("acquireLease", refused);

        assertThat(serve(MessageCodec.write(worker.message(0)), 1)).isNotInstanceOf(Permanent.class);
        assertThat(worker.index(0).isOpen()).isTrue();
    }

    @Test
    void aWorkerThatStopsMakesTheMessageVisibleAtOnce() {
        step = () -> {
            worker.claims().abandonAll();
            throw new InterruptedException();
        };

        assertThat(serve(MessageCodec.write(worker.message(0)), 1)).isEqualTo(Duration.ZERO);
    }

    @Test
    void aMessageThatComesAgainLooksForWhatWasDoneBefore() {
        worker.put("output_1.json", "earlier\n");

        assertThat(serve(MessageCodec.write(worker.message(0)), 2)).isEqualTo("acknowledged");

        assertThat(computed).isZero();
    }

    /** Gives how the message was settled: acknowledged, refused with a failure, or handed back after some time. */
    private Object serve(String payload, int dequeued) {
        Message<String> message =
                Message.of(payload, Metadata.of(new Held(dequeued)), () -> settle("acknowledged"), this::settle);
        WorkDispatcher dispatcher = new WorkDispatcher(lab.attempts, MergeLab.merges(lab), lab.metrics);
        WorkConsumer intake = new WorkConsumer(Multi.createFrom().item(message), dispatcher, lab.executing.threads);
        intake.serve();
        try {
            return settled.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
        } finally {
            intake.stop();
        }
    }

    private CompletableFuture<Void> settle(Object how) {
        settled.complete(how);
        return CompletableFuture.completedFuture(null);
    }

    private final class Held implements HeldWork {
        private final long dequeued;

        Held(long dequeued) {
            this.dequeued = dequeued;
        }

        @Override
        public long dequeueCount() {
            return dequeued;
        }

        @Override
        public Uni<Void> makeVisibleAfter(Duration delay) {
            return Uni.createFrom().voidItem().invoke(() -> settled.complete(delay));
        }
    }
}

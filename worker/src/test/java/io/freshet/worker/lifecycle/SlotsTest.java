package io.freshet.worker.lifecycle;

import io.freshet.worker.execution.ComputationThreads;
import io.freshet.worker.settlement.SettlementLab;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import static org.assertj.core.api.Assertions.assertThat;

/** How much work a worker takes. */
class SlotsTest {
    private static final int SETTLING_A_SLOT = 8;

    private final SettlementLab lab = new SettlementLab((lines, results) -> {});
    private final ComputationThreads threads = lab.executing.threads;
    private final int concurrency = threads.concurrency();
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Slots<String> slots = new Slots<>(threads, (work, done) -> ends.add(done), new Slots.End() {
        @Override
        public void reached() {
            ended = true;
        }

        @Override
        public void failed(Throwable failure) {}
    });
    private long requested;
    private boolean ended;

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void noMoreThanItemsAtOnceAreTaken() {
        subscribe();
        deliver(concurrency);

        assertThat(requested).isEqualTo(concurrency);

        ends.poll().run();
        assertThat(requested).isEqualTo(concurrency + 1);
    }

    @Test
    void whatIsOnlyBeingStoredKeepsNobodyWaiting() {
        subscribe();
        deliver(concurrency);
        CompletableFuture<Void> stored = settling();

        assertThat(requested).isEqualTo(concurrency + 1);

        deliver(1);
        stored.complete(null);
        ends.poll().run();
        assertThat(requested).isEqualTo(concurrency + 1);
    }

    @Test
    void thereIsALimitToWhatIsBeingStored() {
        subscribe();
        for (int i = 0; i < 10 * SETTLING_A_SLOT * concurrency; i++) {
            if (requested > ends.size()) {
                deliver(1);
                settling();
            }
        }

        assertThat(requested).isEqualTo((1L + SETTLING_A_SLOT) * concurrency);
    }

    @Test
    void nothingIsTakenAfterTheStop() {
        subscribe();
        deliver(concurrency);
        slots.stop();

        ends.poll().run();

        assertThat(requested).isEqualTo(concurrency);
    }

    @Test
    void theEndIsReachedWhenTheLastIsSettled() {
        subscribe();
        deliver(1);

        slots.onCompletion();
        assertThat(ended).isFalse();

        ends.poll().run();
        assertThat(ended).isTrue();
    }

    @Test
    void nothingToDoIsAnEnd() {
        subscribe();

        slots.onCompletion();

        assertThat(ended).isTrue();
    }

    private CompletableFuture<Void> settling() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        threads.settle(Uni.createFrom().completionStage(stored)).subscribe().with(done -> {});
        return stored;
    }

    private void deliver(int messages) {
        for (int i = 0; i < messages; i++) {
            slots.onItem("work");
        }
    }

    private void subscribe() {
        slots.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                requested += n;
            }

            @Override
            public void cancel() {}
        });
    }
}
